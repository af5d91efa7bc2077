using System.Globalization;
using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>x where it is positive, slope · x elsewhere.</summary>
    public static Tensor LeakyRelu(Tensor x, double slope = 0.01) => Apply(UnaryKind.LeakyRelu, x, slope);

    /// <summary>e to the x.</summary>
    public static Tensor Exp(Tensor x) => Apply(UnaryKind.Exp, x);

    /// <summary>Natural logarithm; NaN for negative numbers.</summary>
    public static Tensor Log(Tensor x) => Apply(UnaryKind.Log, x);

    /// <summary>Square root; NaN for negative numbers.</summary>
    public static Tensor Sqrt(Tensor x) => Apply(UnaryKind.Sqrt, x);

    /// <summary>Hyperbolic tangent.</summary>
    public static Tensor Tanh(Tensor x) => Apply(UnaryKind.Tanh, x);

    /// <summary>1 / (1 + e^−x).</summary>
    public static Tensor Sigmoid(Tensor x) => Apply(UnaryKind.Sigmoid, x);

    /// <summary>x · Φ(x), Φ the normal distribution function: the exact form, PyTorch's default.</summary>
    public static Tensor Gelu(Tensor x) => Apply(UnaryKind.Gelu, x);

    /// <summary>x between 0 and 6, else the nearer of them.</summary>
    public static Tensor Relu6(Tensor x) => Apply(UnaryKind.Relu6, x);

    /// <summary>x where it is positive, alpha · (e^x − 1) elsewhere.</summary>
    public static Tensor Elu(Tensor x, double alpha = 1) => Apply(UnaryKind.Elu, x, alpha);

    /// <summary>x / (1 + e^−x), also called swish.</summary>
    public static Tensor Silu(Tensor x) => Apply(UnaryKind.Silu, x);

    /// <summary>log(1 + e^(beta · x)) / beta, a smooth ReLU.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="beta">Sharpness, above 0.</param>
    /// <exception cref="InvalidInputException"><paramref name="beta"/> is not positive.</exception>
    public static Tensor Softplus(Tensor x, double beta = 1)
    {
        Throw.Unless(beta > 0, "softplus", $"beta {beta}", "above 0", "give a positive one");
        return Apply(UnaryKind.Softplus, x, beta);
    }

    /// <summary>|x|.</summary>
    public static Tensor Abs(Tensor x) => Apply(UnaryKind.Abs, x);

    /// <summary>x².</summary>
    public static Tensor Square(Tensor x) => Apply(UnaryKind.Square, x);

    /// <summary>x to a power; NaN for negative x unless the exponent is an integer.</summary>
    public static Tensor Pow(Tensor x, double exponent)
    {
        var integer = Math.Abs(exponent) <= LargestIntegerPower && Math.Floor(exponent) == exponent;
        return Apply(integer ? UnaryKind.PowInteger : UnaryKind.PowReal, x, exponent);
    }

    /// <summary>factor · x.</summary>
    public static Tensor Scale(Tensor x, double factor) => Apply(UnaryKind.Scale, x, factor);

    /// <summary>−x.</summary>
    public static Tensor Negate(Tensor x) => Apply(UnaryKind.Scale, x, -1);

    /// <summary>x + term.</summary>
    public static Tensor AddScalar(Tensor x, double term) => Apply(UnaryKind.AddScalar, x, term);

    /// <summary>numerator / x.</summary>
    public static Tensor DivideInto(Tensor x, double numerator) => Apply(UnaryKind.DivideInto, x, numerator);

    // Every integer up to it is exact in float, which is how the parameter reaches the kernel.
    private const double LargestIntegerPower = 1 << 24;

    private static Tensor Apply(UnaryKind kind, Tensor x, double parameter = 0)
    {
        var y = Tensor.Like(x, operation: NameOf(kind));
        Unary.Apply(kind, x.Data, y.Data, parameter);
        return Tape.Record(y, [x], () => new UnaryRule(kind, x, y, parameter), NameOf(kind));
    }

    private static string NameOf(UnaryKind kind) => kind.ToString().ToLower(CultureInfo.InvariantCulture);

    private sealed class UnaryRule : BackwardRule
    {
        private readonly UnaryKind _kind;
        private readonly Tensor? _saved;
        private readonly double _parameter;

        public UnaryRule(UnaryKind kind, Tensor x, Tensor y, double parameter)
        {
            (_kind, _parameter) = (kind, parameter);
            _saved = kind.Needs() switch
            {
                UnaryNeeds.Argument => Save(x),
                UnaryNeeds.Result => Save(y),
                _ => null,
            };
        }

        public override string Name => NameOf(_kind);

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, operation: Name);
            var saved = (_saved ?? dy).Data;
            Unary.Gradient(_kind, saved, saved, dy.Data, dx.Data, _parameter);
            return [dx];
        }
    }
}
