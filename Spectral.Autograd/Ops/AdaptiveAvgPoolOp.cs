using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>
    /// Means over as many windows as asked for: output o of O covers inputs ⌊o · L / O⌋ … ⌈(o + 1) · L / O⌉ − 1.
    /// </summary>
    /// <param name="x">[N, C, L].</param>
    /// <param name="outputSize">O, at least 1; may be more than L.</param>
    /// <returns>[N, C, O].</returns>
    /// <exception cref="InvalidInputException">Another rank, or a size below 1.</exception>
    public static Tensor AdaptiveAvgPool1d(Tensor x, int outputSize)
    {
        Throw.Unless(x.Rank == 3, "adaptiveAvgPool1d", $"a tensor {x.Shape}", "[N, C, L]", "reshape it");
        return AdaptiveAvgPool(x, [x.Shape[0], x.Shape[1], outputSize], new AdaptivePoolShape(
            x.Shape[0] * x.Shape[1], 1, x.Shape[2], 1, outputSize));
    }

    /// <summary>As <see cref="AdaptiveAvgPool1d"/> over the last two axes.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="outputSize">Rows and columns of the result, at least 1.</param>
    /// <returns>[N, C, H', W'].</returns>
    /// <exception cref="InvalidInputException">Another rank, or a size below 1.</exception>
    public static Tensor AdaptiveAvgPool2d(Tensor x, (int H, int W) outputSize)
    {
        Throw.Unless(x.Rank == 4, "adaptiveAvgPool2d", $"a tensor {x.Shape}", "[N, C, H, W]", "reshape it");
        return AdaptiveAvgPool(
            x, [x.Shape[0], x.Shape[1], outputSize.H, outputSize.W], new AdaptivePoolShape(
                x.Shape[0] * x.Shape[1], x.Shape[2], x.Shape[3], outputSize.H, outputSize.W));
    }

    private static Tensor AdaptiveAvgPool(Tensor x, Shape result, AdaptivePoolShape shape)
    {
        var y = Tensor.Like(x, result, "adaptiveAvgPool");
        AdaptivePooling.Average(x.Data, y.Data, shape);
        return Tape.Record(y, [x], () => new AdaptiveAvgPoolRule(x.Shape, shape));
    }

    private sealed class AdaptiveAvgPoolRule(Shape input, AdaptivePoolShape shape) : BackwardRule
    {
        public override string Name => "adaptiveAvgPool";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, input);
            AdaptivePooling.AverageGradient(dy.Data, dx.Data, shape);
            return [dx];
        }
    }
}
