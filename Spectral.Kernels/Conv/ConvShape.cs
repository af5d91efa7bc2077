namespace Spectral.Kernels;

/// <summary>
/// Sizes of a cross-correlation of x [N][C][H][W] with w [K][C][R][Q] into y [N][K][OutH][OutW]; with
/// one axis, H = R = 1.
/// </summary>
/// <param name="N">Images.</param>
/// <param name="C">Input channels.</param>
/// <param name="K">Output channels.</param>
/// <param name="Input">Height and width of the input.</param>
/// <param name="Kernel">Height and width of the filters.</param>
/// <param name="Stride">Steps between outputs, 1 or more.</param>
/// <param name="Padding">Zeros before and after the input.</param>
public readonly record struct ConvShape(
    int N, int C, int K, (int H, int W) Input, (int H, int W) Kernel, (int H, int W) Stride,
    (int H, int W) Padding)
{
    /// <summary>One axis: x [N][C][L], w [K][C][R].</summary>
    public static ConvShape OneAxis(
        int n, int c, int k, int length, int kernel, int stride = 1, int padding = 0) =>
        new(n, c, k, (1, length), (1, kernel), (1, stride), (0, padding));

    /// <summary>Height and width of the output.</summary>
    public (int H, int W) Output =>
        (((Input.H + (2 * Padding.H) - Kernel.H) / Stride.H) + 1,
        ((Input.W + (2 * Padding.W) - Kernel.W) / Stride.W) + 1);

    /// <summary>Elements of the input.</summary>
    public long InputCount => (long)N * C * Input.H * Input.W;

    /// <summary>Elements of the filters.</summary>
    public long FilterCount => (long)K * C * Kernel.H * Kernel.W;

    /// <summary>Elements of the output.</summary>
    public long OutputCount => (long)N * K * Output.H * Output.W;

    /// <summary>Products that one output sums: C·R·Q.</summary>
    public int Taps => C * Kernel.H * Kernel.W;

    /// <summary>Multiply-adds of the direct form, times two.</summary>
    public double Flops => 2.0 * OutputCount * Taps;

    /// <summary>Whether sizes are positive and the filter fits into the padded input.</summary>
    public bool IsValid =>
        N >= 1 && C >= 1 && K >= 1 && Input is { H: >= 1, W: >= 1 } && Kernel is { H: >= 1, W: >= 1 }
        && Stride is { H: >= 1, W: >= 1 } && Padding is { H: >= 0, W: >= 0 }
        && Input.H + (2 * Padding.H) >= Kernel.H && Input.W + (2 * Padding.W) >= Kernel.W;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{N}x{C}x{Input.H}x{Input.W} with {K} of {Kernel.H}x{Kernel.W}, stride {Stride.H}x{Stride.W}, "
        + $"padding {Padding.H}x{Padding.W}";
}
