using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>The part [start, start + length) of one axis. Copies.</summary>
    /// <exception cref="InvalidInputException">The part leaves the axis.</exception>
    public static Tensor Narrow(Tensor x, int axis, int start, int length)
    {
        axis = Axes.Normalize(x.Shape, axis, "narrow");
        Throw.Unless(start >= 0 && length >= 0 && start <= x.Shape[axis] - length, "narrow",
            $"{length} from {start} on of axis {axis} of {x.Shape}", $"a part of 0 to {x.Shape[axis]}",
            "choose a part inside the axis");
        var y = Tensor.Like(x, Axes.With(x.Shape, axis, length), "narrow");
        CopyPart(x, axis, start, y, 0, length);
        return Tape.Record(y, [x], () => new NarrowRule(x.Shape, axis, start), "narrow");
    }

    // Copies a stretch of one axis between tensors whose other extents agree.
    private static void CopyPart(Tensor from, int axis, int fromStart, Tensor to, int toStart, int length)
    {
        if (from.Length == 0 || to.Length == 0 || length == 0)
            return;
        var (outer, fromCount, inner) = Axes.Around(from.Shape, axis);
        var toCount = to.Shape[axis];
        Layout.Copy(
            from.Data, fromStart * inner, [fromCount * inner, 1],
            to.Data, toStart * inner, [toCount * inner, 1],
            [outer, length * inner], "narrow");
    }

    private sealed class NarrowRule(Shape from, int axis, int start) : BackwardRule
    {
        public override string Name => "narrow";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Zeros(from, dy.DType, dy.Device);
            CopyPart(dy, axis, 0, dx, start, dy.Shape[axis]);
            return [dx];
        }
    }
}
