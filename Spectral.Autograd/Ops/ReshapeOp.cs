using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>The same memory with other extents; one extent may be −1 and follows from the rest.</summary>
    /// <exception cref="InvalidInputException">The number of elements differs.</exception>
    public static Tensor Reshape(Tensor x, ReadOnlySpan<int> extents)
    {
        var shape = Infer(x.Shape, extents);
        var y = new Tensor(x.Data.AddReference(), shape);
        return Tape.Record(y, [x], () => new ReshapeRule(x.Shape), "reshape");
    }

    /// <summary>Joins the axes from <paramref name="start"/> to <paramref name="end"/> into one.</summary>
    /// <param name="x">Any tensor of rank 1 or more; shares its memory with the result.</param>
    /// <param name="start">First axis to join.</param>
    /// <param name="end">Last axis to join.</param>
    /// <exception cref="InvalidInputException">There are no such axes.</exception>
    public static Tensor Flatten(Tensor x, int start = 1, int end = -1)
    {
        var first = Axes.Normalize(x.Shape, start, "flatten");
        var last = Axes.Normalize(x.Shape, end, "flatten");
        Throw.Unless(first <= last, "flatten", $"axes {start} to {end} of {x.Shape}", "ascending axes",
            "exchange them");
        var extents = x.Shape.Extents;
        return Reshape(x,
            [.. extents[..first], Axes.Product(extents[first..(last + 1)]), .. extents[(last + 1)..]]);
    }

    private static Shape Infer(Shape from, ReadOnlySpan<int> extents)
    {
        var result = extents.ToArray();
        var (open, known) = (-1, 1L);
        for (var i = 0; i < result.Length; i++)
        {
            if (result[i] == -1 && open < 0)
                open = i;
            else
                known *= result[i];
        }

        if (open >= 0 && known > 0 && from.Elements % known == 0)
            result[open] = (int)(from.Elements / known);
        var fits = !result.Contains(-1);
        Throw.Unless(fits && new Shape(result).Elements == from.Elements, "reshape",
            $"{from} to [{string.Join(", ", extents.ToArray())}]",
            $"extents of {from.Elements} elements, at most one of them -1", "give extents that multiply to it");
        return result;
    }

    private sealed class ReshapeRule(Shape from) : BackwardRule
    {
        public override string Name => "reshape";

        protected internal override Tensor?[] Backward(Tensor dy) =>
            [new Tensor(dy.Data.AddReference(), from)];
    }
}
