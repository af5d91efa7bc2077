using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Joins tensors along one axis.</summary>
    /// <param name="tensors">One or more, of equal extents but for that axis.</param>
    /// <param name="axis">The axis.</param>
    /// <exception cref="InvalidInputException">None, or other extents, types or devices differ.</exception>
    public static Tensor Concat(ReadOnlySpan<Tensor> tensors, int axis)
    {
        Throw.Unless(tensors.Length > 0, "concat", "no tensor", "at least one", "give the tensors to join");
        axis = Axes.Normalize(tensors[0].Shape, axis, "concat");
        var extents = new int[tensors.Length];
        for (var i = 0; i < extents.Length; i++)
        {
            var shape = tensors[i].Shape;
            Throw.Unless(
                shape.Rank == tensors[0].Rank
                && Axes.With(shape, axis, 0) == Axes.With(tensors[0].Shape, axis, 0),
                "concat", $"{shape} beside {tensors[0].Shape}", $"equal extents but for axis {axis}",
                "reshape or narrow it");
            extents[i] = shape[axis];
        }

        var y = Tensor.Like(tensors[0], Axes.With(tensors[0].Shape, axis, extents.Sum()), "concat");
        var start = 0;
        foreach (var tensor in tensors)
        {
            CopyPart(tensor, axis, 0, y, start, tensor.Shape[axis]);
            start += tensor.Shape[axis];
        }

        return Tape.Record(y, tensors, () => new ConcatRule(axis, extents), "concat");
    }

    private sealed class ConcatRule(int axis, int[] extents) : BackwardRule
    {
        public override string Name => "concat";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var gradients = new Tensor?[extents.Length];
            var start = 0;
            for (var i = 0; i < extents.Length; i++)
            {
                gradients[i] = Needs(i) ? Narrow(dy, axis, start, extents[i]) : null;
                start += extents[i];
            }

            return gradients;
        }
    }
}
