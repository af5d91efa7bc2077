using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Sum of all elements, a scalar.</summary>
    public static Tensor Sum(Tensor x) => Sum(x, []);

    /// <summary>Sum over some axes.</summary>
    /// <param name="x">Terms.</param>
    /// <param name="axes">The axes; none means all.</param>
    /// <param name="keepDims">Leave the axes in the result, with extent 1.</param>
    /// <exception cref="InvalidInputException">An axis is not there, or named twice.</exception>
    public static Tensor Sum(Tensor x, ReadOnlySpan<int> axes, bool keepDims = false) =>
        SumScaled(x, Axes.Mark(x.Shape, axes, "sum"), keepDims, mean: false);

    /// <summary>Mean of all elements, a scalar.</summary>
    public static Tensor Mean(Tensor x) => Mean(x, []);

    /// <summary>Mean over some axes.</summary>
    /// <param name="x">Terms.</param>
    /// <param name="axes">The axes; none means all.</param>
    /// <param name="keepDims">Leave the axes in the result, with extent 1.</param>
    /// <exception cref="InvalidInputException">An axis is not there, or named twice.</exception>
    public static Tensor Mean(Tensor x, ReadOnlySpan<int> axes, bool keepDims = false) =>
        SumScaled(x, Axes.Mark(x.Shape, axes, "mean"), keepDims, mean: true);

    private static Tensor SumScaled(Tensor x, bool[] marked, bool keepDims, bool mean)
    {
        int[] kept = [.. x.Shape.Extents];
        var count = 1;
        for (var i = 0; i < kept.Length; i++)
            if (marked[i])
            {
                count *= kept[i];
                kept[i] = 1;
            }

        var scale = mean ? 1.0 / count : 1;
        var y = Broadcasting.SumOver(x, marked, keepDims ? kept : Axes.Without(x.Shape, marked), scale);
        var name = mean ? "mean" : "sum";
        return Tape.Record(y, [x], () => new SumRule(name, x.Shape, kept, scale), name);
    }

    private sealed class SumRule(string name, Shape from, Shape kept, double scale) : BackwardRule
    {
        public override string Name => name;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            using var scaled = scale == 1 ? dy.Detach() : Scale(dy, scale);
            var dx = Tensor.Like(dy, from, name);
            Layout.Broadcast(scaled.Data, kept.Extents, dx.Data, from.Extents);
            return [dx];
        }
    }
}
