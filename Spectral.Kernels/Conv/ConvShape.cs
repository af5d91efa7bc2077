namespace Spectral.Kernels;

/// <summary>
/// Sizes of a cross-correlation of x [N][C][H][W] with w [K][C][R][Q] into y [N][K][OutH][OutW]; with
/// one axis, H = R = 1. A value.
/// </summary>
/// <param name="N">Images or series.</param>
/// <param name="C">Input channels.</param>
/// <param name="K">Output channels.</param>
/// <param name="H">The vertical axis.</param>
/// <param name="W">The horizontal axis.</param>
public readonly record struct ConvShape(int N, int C, int K, ConvAxis H, ConvAxis W)
{
    /// <summary>One axis: x [N][C][L], w [K][C][R].</summary>
    public static ConvShape OneAxis(int n, int c, int k, ConvAxis axis) => new(n, c, k, new ConvAxis(1, 1), axis);

    /// <summary>Height and width of the input.</summary>
    public (int H, int W) Input => (H.Length, W.Length);

    /// <summary>Height and width of the filters.</summary>
    public (int H, int W) Kernel => (H.Kernel, W.Kernel);

    /// <summary>Height and width of the output.</summary>
    public (int H, int W) Output => (H.Output, W.Output);

    /// <summary>Elements of the input.</summary>
    public long InputCount => (long)N * C * H.Length * W.Length;

    /// <summary>Elements of the filters.</summary>
    public long FilterCount => (long)K * C * H.Kernel * W.Kernel;

    /// <summary>Elements of the output.</summary>
    public long OutputCount => (long)N * K * H.Output * W.Output;

    /// <summary>Products that one output sums: C·R·Q.</summary>
    public int Taps => C * H.Kernel * W.Kernel;

    /// <summary>Multiply-adds of the direct form, times two.</summary>
    public double Flops => 2.0 * OutputCount * Taps;

    /// <summary>Whether sizes are positive and the filter fits into the padded input.</summary>
    public bool IsValid => N >= 1 && C >= 1 && K >= 1 && H.IsValid && W.IsValid;

    /// <inheritdoc/>
    public override string ToString() => H == new ConvAxis(1, 1)
        ? $"{N}x{C} series with {K} filters, {W}"
        : $"{N}x{C} images with {K} filters, {H} by {W}";
}
