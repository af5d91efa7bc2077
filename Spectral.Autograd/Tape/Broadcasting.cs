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
        var current = tensor.Detach();
        for (var axis = 0; axis < tensor.Rank; axis++)
        {
            var target = axis - (tensor.Rank - shape.Rank);
            if (current.Shape[axis] == 1 || (target >= 0 && shape[target] == current.Shape[axis]))
                continue;
            var reduced = SumAxis(current, axis);
            current.Dispose();
            current = reduced;
        }

        var result = new Tensor(current.Data.AddReference(), shape);
        current.Dispose();
        return result;
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

    private static Tensor SumAxis(Tensor tensor, int axis)
    {
        var (outer, inner) = (1, 1);
        for (var i = 0; i < axis; i++)
            outer *= tensor.Shape[i];
        for (var i = axis + 1; i < tensor.Rank; i++)
            inner *= tensor.Shape[i];
        int[] extents = [.. tensor.Shape];
        var count = extents[axis];
        extents[axis] = 1;
        var result = Tensor.Like(tensor, extents);
        Reduce.Sum(tensor.Data, result.Data, outer, count, inner);
        return result;
    }
}
