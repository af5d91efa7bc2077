using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>a − b, broadcast as in NumPy.</summary>
    /// <exception cref="InvalidInputException">The shapes do not fit, or types or devices differ.</exception>
    public static Tensor Subtract(Tensor a, Tensor b) =>
        Tape.Record(Combine(BinaryKind.Subtract, a, b), [a, b], () => new SubtractRule(), "subtract");

    private sealed class SubtractRule : BackwardRule
    {
        public override string Name => "subtract";

        protected internal override Tensor?[] Backward(Tensor dy) =>
            [Needs(0) ? dy.Detach() : null, Needs(1) ? Negate(dy) : null];
    }
}
