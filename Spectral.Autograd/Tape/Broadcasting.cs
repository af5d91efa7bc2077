using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>Undoing of broadcasts and adding of gradients, for the backward walk.</summary>
internal static class Broadcasting
{
    /// <summary>
    /// Sums <paramref name="tensor"/> over the axes along which <paramref name="shape"/> was broadcast to it.
    /// </summary>
    internal static Tensor SumTo(Tensor tensor, Shape shape)
    {
        var marked = new bool[tensor.Rank];
        for (var axis = 0; axis < marked.Length; axis++)
        {
            var own = axis - (tensor.Rank - shape.Rank);
            marked[axis] = own < 0 || shape[own] != tensor.Shape[axis];
        }

        return SumOver(tensor, marked, shape);
    }

    /// <summary>Sums over the marked axes, neighbours together, the last ones first.</summary>
    /// <param name="tensor">Terms.</param>
    /// <param name="marked">One flag for each axis.</param>
    /// <param name="shape">Shape of the result: what is not marked, with or without extents of 1.</param>
    /// <param name="scale">Factor of the sums.</param>
    internal static Tensor SumOver(Tensor tensor, bool[] marked, Shape shape, double scale = 1)
    {
        int[] extents = [.. tensor.Shape.Extents];
        var current = tensor.Data.AddReference();
        for (var end = extents.Length; end > 0; end--)
        {
            var start = end;
            while (start > 0 && marked[start - 1])
                start--;
            if (start == end)
                continue;
            var outer = Axes.Product(extents.AsSpan(..start));
            var inner = Axes.Product(extents.AsSpan(end..));
            var sums = new DeviceArray(tensor.Device, tensor.DType, (long)outer * inner, "sum");
            Reduce.Sum(current, sums, outer, Axes.Product(extents.AsSpan(start..end)), inner, scale);
            current.Dispose();
            (current, scale) = (sums, 1);
            extents.AsSpan(start..end).Fill(1);
            end = start + 1;
        }

        return new Tensor(current, shape);
    }

    /// <summary>sum += term; in memory of its own if <paramref name="sum"/>'s is shared.</summary>
    /// <returns>The sum: the same tensor, or the one that replaces it.</returns>
    internal static Tensor Accumulate(Tensor sum, Tensor term)
    {
        var target = sum.Data.IsShared ? Tensor.Like(sum) : sum;
        Binary.Apply(BinaryKind.Add, sum.Data, term.Data, target.Data);
        if (target != sum)
            sum.Dispose();
        term.Dispose();
        return target;
    }
}
