using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>
    /// Largest elements along one axis; NaN counts as larger than any number. The gradient goes to the first
    /// of equal elements.
    /// </summary>
    /// <exception cref="InvalidInputException">There is no such axis, or it has extent 0.</exception>
    public static Tensor Max(Tensor x, int axis = -1, bool keepDims = false)
    {
        axis = Axes.Normalize(x.Shape, axis, "max");
        var (y, index) = FindMax(x, axis, keepDims);
        Tape.Record(y, [x], () => new MaxRule(index, x.Shape, axis), "max");
        index.Dispose();
        return y;
    }

    /// <summary>Int32 indices of the largest elements along one axis, the first of equals; no gradient.</summary>
    /// <exception cref="InvalidInputException">There is no such axis, or it has extent 0.</exception>
    public static Tensor ArgMax(Tensor x, int axis = -1, bool keepDims = false)
    {
        var (y, index) = FindMax(x, Axes.Normalize(x.Shape, axis, "argmax"), keepDims);
        y.Dispose();
        return index;
    }

    private static (Tensor Values, Tensor Index) FindMax(Tensor x, int axis, bool keepDims)
    {
        var marked = new bool[x.Rank];
        marked[axis] = true;
        var shape = keepDims ? Axes.With(x.Shape, axis, 1) : Axes.Without(x.Shape, marked);
        var (outer, count, inner) = Axes.Around(x.Shape, axis);
        var y = Tensor.Like(x, shape, "max");
        var index = Tensor.Empty(shape, DType.Int32, x.Device, "max");
        Kernels.Max.Find(x.Data, y.Data, index.Data, outer, count, inner);
        return (y, index);
    }

    private sealed class MaxRule : BackwardRule
    {
        private readonly Tensor _index;
        private readonly Shape _from;
        private readonly int _axis;

        public MaxRule(Tensor index, Shape from, int axis) =>
            (_index, _from, _axis) = (Save(index), from, axis);

        public override string Name => "max";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, _from, "max");
            var (outer, count, inner) = Axes.Around(_from, _axis);
            Kernels.Max.Gradient(dy.Data, _index.Data, dx.Data, outer, count, inner);
            return [dx];
        }
    }
}
