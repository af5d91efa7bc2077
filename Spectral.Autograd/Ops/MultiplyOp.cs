using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>a · b, element by element, broadcast as in NumPy.</summary>
    /// <exception cref="InvalidInputException">The shapes do not fit, or types or devices differ.</exception>
    public static Tensor Multiply(Tensor a, Tensor b) =>
        Tape.Record(Combine(BinaryKind.Multiply, a, b), [a, b], () => new MultiplyRule(a, b), "multiply");

    private sealed class MultiplyRule : BackwardRule
    {
        private readonly Tensor? _a, _b;

        // Each factor is only needed for the gradient of the other.
        public MultiplyRule(Tensor a, Tensor b)
        {
            _a = b.RequiresGrad ? Save(a) : null;
            _b = a.RequiresGrad ? Save(b) : null;
        }

        public override string Name => "multiply";

        protected internal override Tensor?[] Backward(Tensor dy) =>
        [
            _b is null ? null : Combine(BinaryKind.Multiply, dy, _b),
            _a is null ? null : Combine(BinaryKind.Multiply, dy, _a),
        ];
    }
}
