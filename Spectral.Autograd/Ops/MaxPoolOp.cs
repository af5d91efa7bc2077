using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>
    /// Maxima of windows along the last axis; the gradient goes to the first of equal maxima, and a NaN in a
    /// window makes its maximum NaN.
    /// </summary>
    /// <param name="x">[N, C, L].</param>
    /// <param name="kernel">Length of a window.</param>
    /// <param name="stride">From a window to the next; null takes <paramref name="kernel"/>.</param>
    /// <param name="padding">Elements on either side that no window chooses; at most half a window.</param>
    /// <returns>[N, C, ⌊(L + 2 · padding − kernel) / stride⌋ + 1].</returns>
    /// <exception cref="InvalidInputException">The windows do not fit the tensor.</exception>
    public static Tensor MaxPool1d(Tensor x, int kernel, int? stride = null, int padding = 0) =>
        MaxPool("maxpool1d", x, PoolingShapes.Of1d("maxpool1d", x, kernel, stride, padding));

    /// <summary>As <see cref="MaxPool1d"/> over the last two axes.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="kernel">Rows and columns of a window.</param>
    /// <param name="stride">From a window to the next; null takes <paramref name="kernel"/>.</param>
    /// <param name="padding">Rows and columns on either side; at most half a window.</param>
    /// <returns>[N, C, H', W'].</returns>
    /// <exception cref="InvalidInputException">The windows do not fit the tensor.</exception>
    public static Tensor MaxPool2d(
        Tensor x, (int H, int W) kernel, (int H, int W)? stride = null, (int H, int W) padding = default) =>
        MaxPool("maxpool2d", x, PoolingShapes.Of2d("maxpool2d", x, kernel, stride, padding));

    private static Tensor MaxPool(string operation, Tensor x, PoolShape shape)
    {
        var y = Tensor.Like(x, PoolingShapes.Result(operation, x, shape), operation);
        using var places = Tensor.Empty(y.Shape, DType.Int32, x.Device, operation);
        Pooling.Max(x.Data, y.Data, places.Data, shape);
        return Tape.Record(y, [x], () => new MaxPoolRule(operation, x.Shape, places, shape));
    }

    private sealed class MaxPoolRule : BackwardRule
    {
        private readonly Shape _input;
        private readonly Tensor _places;
        private readonly PoolShape _shape;

        public MaxPoolRule(string name, Shape input, Tensor places, PoolShape shape)
        {
            (Name, _input, _shape) = (name, input, shape);
            _places = Save(places);
        }

        public override string Name { get; }

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, _input);
            Pooling.MaxGradient(dy.Data, _places.Data, dx.Data, _shape);
            return [dx];
        }
    }
}
