using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Reorders the axes: axis i of the result is axis <c>order[i]</c> of x. Copies.</summary>
    /// <exception cref="InvalidInputException">Not each axis once.</exception>
    public static Tensor Permute(Tensor x, ReadOnlySpan<int> order)
    {
        Throw.Unless(order.Length == x.Rank, "permute", $"{order.Length} axes for {x.Shape}", $"{x.Rank}",
            "name each axis once");
        Axes.Mark(x.Shape, order, "permute");
        var own = StridedLoop.Contiguous(x.Shape.Extents);
        var (axes, extents, strides) = (new int[x.Rank], new int[x.Rank], new int[x.Rank]);
        for (var i = 0; i < axes.Length; i++)
        {
            axes[i] = Axes.Normalize(x.Shape, order[i], "permute");
            (extents[i], strides[i]) = (x.Shape[axes[i]], own[axes[i]]);
        }

        var y = Tensor.Like(x, extents, "permute");
        Layout.Copy(x.Data, 0, strides, y.Data, 0, StridedLoop.Contiguous(extents), extents, "permute");
        return Tape.Record(y, [x], () => new PermuteRule(axes), "permute");
    }

    /// <summary>Exchanges two axes. Copies.</summary>
    /// <exception cref="InvalidInputException">There are no such axes.</exception>
    public static Tensor Transpose(Tensor x, int axisA = -2, int axisB = -1)
    {
        var a = Axes.Normalize(x.Shape, axisA, "transpose");
        var b = Axes.Normalize(x.Shape, axisB, "transpose");
        int[] order = [.. Enumerable.Range(0, x.Rank)];
        (order[a], order[b]) = (b, a);
        return Permute(x, order);
    }

    private sealed class PermuteRule(int[] order) : BackwardRule
    {
        public override string Name => "permute";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var inverse = new int[order.Length];
            for (var i = 0; i < order.Length; i++)
                inverse[order[i]] = i;
            return [Permute(dy, inverse)];
        }
    }
}
