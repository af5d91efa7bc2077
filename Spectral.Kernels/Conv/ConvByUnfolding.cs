namespace Spectral.Kernels;

/// <summary>
/// Convolutions as matrix products over unfolded images, a few images at a time, so that scratch stays small.
/// </summary>
internal static class ConvByUnfolding
{
    /// <summary>Scratch for unfolded images aims at this many bytes: about a core's second cache.</summary>
    private const long ScratchBytes = 1L << 20;

    /// <summary>On a GPU fewer and larger launches count for more.</summary>
    private const long ScratchBytesGpu = 64L << 20;

    internal static void Forward(
        ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        var outputs = shape.Output.H * shape.Output.W;
        using var columns = Columns(shape, y, out var chunk);
        for (var first = 0; first < shape.N; first += chunk)
        {
            var images = Math.Min(chunk, shape.N - first);
            Unfold.Columns(shape, x, columns.Array, first, images);
            Gemm.Multiply(
                new GemmShape(images, shape.K, outputs, shape.Taps)
                {
                    A = (0, shape.Taps, 1),
                    Offset = (0, 0, first * shape.K * outputs),
                },
                w, columns.Array, y, bias: bias, biasAlong: bias is null ? GemmBias.None : GemmBias.Rows);
        }
    }

    internal static void InputGradient(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        var outputs = shape.Output.H * shape.Output.W;
        using var columns = Columns(shape, dx, out var chunk);
        for (var first = 0; first < shape.N; first += chunk)
        {
            var images = Math.Min(chunk, shape.N - first);
            Gemm.Multiply(
                new GemmShape(images, shape.Taps, outputs, shape.K)
                {
                    A = (0, 1, shape.Taps),
                    Offset = (0, first * shape.K * outputs, 0),
                },
                w, dy, columns.Array);
            Unfold.Fold(shape, columns.Array, dx, first, images);
        }
    }

    internal static void FilterGradient(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
    {
        var outputs = shape.Output.H * shape.Output.W;
        using var columns = Columns(shape, dw, out var chunk);
        for (var first = 0; first < shape.N; first += chunk)
        {
            // One product an image; chunk after chunk adds to the same filters.
            var images = Math.Min(chunk, shape.N - first);
            Unfold.Columns(shape, x, columns.Array, first, images);
            Gemm.Multiply(
                new GemmShape(images, shape.K, shape.Taps, outputs)
                {
                    B = (shape.Taps * outputs, 1, outputs),
                    Offset = (first * shape.K * outputs, 0, 0),
                    SumsBatch = true,
                },
                dy, columns.Array, dw, accumulate: first > 0);
        }
    }

    private static Workspace Columns(ConvShape shape, DeviceArray any, out int images)
    {
        var perImage = (long)shape.Taps * shape.Output.H * shape.Output.W;
        var bytes = any.Device.Quirks.PrefersVectorLoops ? ScratchBytes : ScratchBytesGpu;
        images = (int)Math.Clamp(bytes / Math.Max(1, perImage * any.DType.SizeOf()), 1, shape.N);
        return new Workspace(any.Device, any.DType, images * perImage, "conv");
    }
}
