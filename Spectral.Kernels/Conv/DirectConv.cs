namespace Spectral.Kernels;

/// <summary>
/// Cross-correlation with learned filters as matrix products over unfolded images, with its exact
/// gradients. Images are unfolded a few at a time, so scratch stays small. No atomics: the same device
/// gives the same bits.
/// </summary>
public static class DirectConv
{
    /// <summary>Scratch for unfolded images aims at this many bytes: about a core's second cache.</summary>
    internal const long ScratchBytes = 1L << 20;

    /// <summary>On a GPU fewer and larger launches count for more.</summary>
    internal const long ScratchBytesGpu = 64L << 20;

    /// <summary>y[n][k] = Σ_c x[n][c] ⋆ w[k][c] + b[k].</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Images, [N][C][H][W].</param>
    /// <param name="w">Filters, [K][C][R][Q].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="y">Overwritten: [N][K][OutH][OutW].</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void Forward(
        ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        Check(shape, x, w, y);
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

    /// <summary>dx: the adjoint of <see cref="Forward"/> in x.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="dy">Gradient of the output, [N][K][OutH][OutW].</param>
    /// <param name="w">Filters, [K][C][R][Q].</param>
    /// <param name="dx">Overwritten: [N][C][H][W].</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void InputGradient(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        Check(shape, dx, w, dy);
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

    /// <summary>dw: the adjoint of <see cref="Forward"/> in w.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Images, [N][C][H][W].</param>
    /// <param name="dy">Gradient of the output, [N][K][OutH][OutW].</param>
    /// <param name="dw">Overwritten: [K][C][R][Q].</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void FilterGradient(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
    {
        Check(shape, x, dw, dy);
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

    /// <summary>db[k] = Σ over images and outputs of dy.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="dy">Gradient of the output, [N][K][OutH][OutW].</param>
    /// <param name="db">Overwritten: [K].</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void BiasGradient(ConvShape shape, DeviceArray dy, DeviceArray db)
    {
        Throw.Unless(
            shape.IsValid && dy.Length == shape.OutputCount && db.Length == shape.K && dy.DType == db.DType
                && dy.DType.IsReal() && dy.Device == db.Device,
            "conv", $"{dy.Length} {dy.DType} and {db.Length} {db.DType} for {shape}",
            $"{shape.OutputCount} and {shape.K} of one real type on one device", "allocate by the shape");
        using var images = new Workspace(dy.Device, dy.DType, (long)shape.N * shape.K, "conv");
        Reduce.Sum(dy, images.Array, shape.N * shape.K, shape.Output.H * shape.Output.W, 1);
        Reduce.Sum(images.Array, db, 1, shape.N, shape.K);
    }

    private static Workspace Columns(ConvShape shape, DeviceArray any, out int images)
    {
        var perImage = (long)shape.Taps * shape.Output.H * shape.Output.W;
        var bytes = any.Device.Quirks.PrefersVectorLoops ? ScratchBytes : ScratchBytesGpu;
        images = (int)Math.Clamp(bytes / Math.Max(1, perImage * any.DType.SizeOf()), 1, shape.N);
        return new Workspace(any.Device, any.DType, images * perImage, "conv");
    }

    private static void Check(ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray y)
    {
        Throw.Unless(shape.IsValid, "conv", $"{shape}",
            "positive sizes, a filter that fits into the padded input", "check sizes and padding");
        Throw.Unless(
            x.Length == shape.InputCount && w.Length == shape.FilterCount && y.Length == shape.OutputCount,
            "conv", $"{x.Length}, {w.Length} and {y.Length} elements for {shape}",
            $"{shape.InputCount}, {shape.FilterCount} and {shape.OutputCount}", "allocate by the shape");
    }
}
