using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Means of windows along the last axis.</summary>
    /// <param name="x">[N, C, L].</param>
    /// <param name="kernel">Length of a window.</param>
    /// <param name="stride">From a window to the next; null takes <paramref name="kernel"/>.</param>
    /// <param name="padding">Zeros on either side; at most half a window.</param>
    /// <param name="countIncludePad">Whether the zeros count as elements.</param>
    /// <returns>[N, C, ⌊(L + 2 · padding − kernel) / stride⌋ + 1].</returns>
    /// <exception cref="InvalidInputException">The windows do not fit the tensor.</exception>
    public static Tensor AvgPool1d(
        Tensor x, int kernel, int? stride = null, int padding = 0, bool countIncludePad = true)
    {
        var shape = PoolingShapes.Of1d("avgpool1d", x, kernel, stride, padding);
        return AvgPool("avgpool1d", x, PoolingShapes.Result("avgpool1d", x, shape), shape, countIncludePad);
    }

    /// <summary>As <see cref="AvgPool1d"/> over the last two axes.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="kernel">Rows and columns of a window.</param>
    /// <param name="stride">From a window to the next; null takes <paramref name="kernel"/>.</param>
    /// <param name="padding">Rows and columns of zeros on either side; at most half a window.</param>
    /// <param name="countIncludePad">Whether the zeros count as elements.</param>
    /// <returns>[N, C, H', W'].</returns>
    /// <exception cref="InvalidInputException">The windows do not fit the tensor.</exception>
    public static Tensor AvgPool2d(
        Tensor x, (int H, int W) kernel, (int H, int W)? stride = null, (int H, int W) padding = default,
        bool countIncludePad = true)
    {
        var shape = PoolingShapes.Of2d("avgpool2d", x, kernel, stride, padding);
        return AvgPool("avgpool2d", x, PoolingShapes.Result("avgpool2d", x, shape), shape, countIncludePad);
    }

    /// <summary>Mean of each channel over all its positions.</summary>
    /// <param name="x">[N, C, …], of rank 3 or more, with at least one position.</param>
    /// <param name="keepAxes">Whether the averaged axes stay, with extent 1.</param>
    /// <returns>[N, C], or [N, C, 1, …].</returns>
    /// <exception cref="InvalidInputException">There are no positions.</exception>
    public static Tensor GlobalAvgPool(Tensor x, bool keepAxes = false)
    {
        Throw.Unless(x.Rank >= 3, "globalAvgPool", $"a tensor {x.Shape}", "[N, C, …]", "reshape it");
        var planes = x.Shape[0] * x.Shape[1];
        var size = 1;
        var result = new int[keepAxes ? x.Rank : 2];
        Array.Fill(result, 1);
        (result[0], result[1]) = (x.Shape[0], x.Shape[1]);
        for (var axis = 2; axis < x.Rank; axis++)
            size *= x.Shape[axis];
        return AvgPool("globalAvgPool", x, result, new PoolShape(planes, 1, size, 1, size, 1, 1, 0, 0), true);
    }

    private static Tensor AvgPool(
        string operation, Tensor x, Shape result, PoolShape shape, bool countIncludePad)
    {
        var y = Tensor.Like(x, result, operation);
        Pooling.Average(x.Data, y.Data, shape, countIncludePad);
        return Tape.Record(y, [x], () => new AvgPoolRule(operation, x.Shape, shape, countIncludePad));
    }

    private sealed class AvgPoolRule(string name, Shape input, PoolShape shape, bool countIncludePad)
        : BackwardRule
    {
        public override string Name => name;

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, input);
            Pooling.AverageGradient(dy.Data, dx.Data, shape, countIncludePad);
            return [dx];
        }
    }
}
