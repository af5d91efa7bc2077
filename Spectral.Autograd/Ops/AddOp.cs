using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>a + b, broadcast as in NumPy.</summary>
    /// <exception cref="InvalidInputException">The shapes do not fit, or types or devices differ.</exception>
    public static Tensor Add(Tensor a, Tensor b) =>
        Tape.Record(Combine(BinaryKind.Add, a, b), [a, b], () => new AddRule(), "add");

    // Forward of all functions of two tensors.
    private static Tensor Combine(BinaryKind kind, Tensor a, Tensor b)
    {
        var y = Tensor.Like(a, Shape.Broadcast(a.Shape, b.Shape, kind.ToString()), kind.ToString());
        Binary.Broadcast(kind, a.Data, a.Shape.Extents, b.Data, b.Shape.Extents, y.Data, y.Shape.Extents);
        return y;
    }

    private sealed class AddRule : BackwardRule
    {
        public override string Name => "add";

        protected internal override Tensor?[] Backward(Tensor dy) =>
            [Needs(0) ? dy.Detach() : null, Needs(1) ? dy.Detach() : null];
    }
}
