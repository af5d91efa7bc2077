using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>Arithmetic of axes, for operations that work along some of them.</summary>
internal static class Axes
{
    /// <summary>An axis from 0 to rank − 1; negative ones count from the last.</summary>
    /// <exception cref="InvalidInputException">There is no such axis.</exception>
    internal static int Normalize(Shape shape, int axis, string operation)
    {
        Throw.Unless(axis >= -shape.Rank && axis < shape.Rank, operation, $"axis {axis} of {shape}",
            $"{-shape.Rank} to {shape.Rank - 1}", "name an axis that the tensor has");
        return axis < 0 ? axis + shape.Rank : axis;
    }

    /// <summary>The shape as [outer, count, inner] round one axis.</summary>
    internal static (int Outer, int Count, int Inner) Around(Shape shape, int axis) =>
        (Product(shape.Extents[..axis]), shape[axis], Product(shape.Extents[(axis + 1)..]));

    /// <summary>The shape with another extent at one axis.</summary>
    internal static Shape With(Shape shape, int axis, int extent)
    {
        int[] extents = [.. shape.Extents];
        extents[axis] = extent;
        return extents;
    }

    /// <summary>The shape without the axes marked.</summary>
    internal static Shape Without(Shape shape, bool[] marked)
    {
        var left = new List<int>();
        for (var i = 0; i < shape.Rank; i++)
            if (!marked[i])
                left.Add(shape[i]);
        return left.ToArray();
    }

    /// <summary>Marks the named axes; all when none is named.</summary>
    /// <exception cref="InvalidInputException">An axis is not there, or named twice.</exception>
    internal static bool[] Mark(Shape shape, ReadOnlySpan<int> axes, string operation)
    {
        var marked = new bool[shape.Rank];
        if (axes.Length == 0)
            Array.Fill(marked, true);
        foreach (var axis in axes)
        {
            var i = Normalize(shape, axis, operation);
            Throw.Unless(!marked[i], operation, $"axis {axis} named twice", "each axis once", "remove one");
            marked[i] = true;
        }

        return marked;
    }

    internal static int Product(ReadOnlySpan<int> extents)
    {
        var product = 1;
        foreach (var extent in extents)
            product *= extent;
        return product;
    }
}
