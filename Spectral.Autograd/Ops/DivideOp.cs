using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>a / b, element by element, broadcast as in NumPy.</summary>
    /// <exception cref="InvalidInputException">The shapes do not fit, or types or devices differ.</exception>
    public static Tensor Divide(Tensor a, Tensor b)
    {
        var y = Combine(BinaryKind.Divide, a, b);
        return Tape.Record(y, [a, b], () => new DivideRule(b, y), "divide");
    }

    private sealed class DivideRule : BackwardRule
    {
        private readonly Tensor _b;
        private readonly Tensor? _y;

        public DivideRule(Tensor b, Tensor y)
        {
            _b = Save(b);
            _y = b.RequiresGrad ? Save(y) : null;
        }

        public override string Name => "divide";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var da = Combine(BinaryKind.Divide, dy, _b);
            if (_y is null)
                return [da, null];
            using var product = Combine(BinaryKind.Multiply, da, _y);
            var db = Negate(product);
            if (Needs(0))
                return [da, db];
            da.Dispose();
            return [null, db];
        }
    }
}
