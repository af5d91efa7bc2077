using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>How a pooling operation sees a tensor.</summary>
internal static class PoolingShapes
{
    /// <summary>[N, C, L] as planes of one row.</summary>
    internal static PoolShape Of1d(string operation, Tensor x, int kernel, int? stride, int padding)
    {
        Throw.Unless(x.Rank == 3, operation, $"a tensor {x.Shape}", "[N, C, L]", "reshape it");
        return new PoolShape(
            x.Shape[0] * x.Shape[1], 1, x.Shape[2], 1, kernel, 1, stride ?? kernel, 0, padding);
    }

    /// <summary>[N, C, H, W] as planes.</summary>
    internal static PoolShape Of2d(
        string operation, Tensor x, (int H, int W) kernel, (int H, int W)? stride, (int H, int W) padding)
    {
        Throw.Unless(x.Rank == 4, operation, $"a tensor {x.Shape}", "[N, C, H, W]", "reshape it");
        var step = stride ?? kernel;
        return new PoolShape(
            x.Shape[0] * x.Shape[1], x.Shape[2], x.Shape[3], kernel.H, kernel.W, step.H, step.W,
            padding.H, padding.W);
    }

    /// <summary>Shape of the result: that of <paramref name="x"/> with pooled spatial axes.</summary>
    internal static Shape Result(string operation, Tensor x, PoolShape shape)
    {
        shape.Validate(operation);
        return x.Rank == 3
            ? [x.Shape[0], x.Shape[1], shape.OutputWidth]
            : [x.Shape[0], x.Shape[1], shape.OutputHeight, shape.OutputWidth];
    }
}
