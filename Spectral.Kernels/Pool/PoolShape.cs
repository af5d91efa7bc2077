namespace Spectral.Kernels;

/// <summary>
/// Windows over planes [planes, height, width], row-major. One-dimensional pooling has height 1. Kernels take
/// this value as it is.
/// </summary>
/// <param name="Planes">Batch times channels.</param>
/// <param name="Height">Rows of a plane.</param>
/// <param name="Width">Columns of a plane.</param>
/// <param name="KernelHeight">Rows of a window.</param>
/// <param name="KernelWidth">Columns of a window.</param>
/// <param name="StrideHeight">Rows from a window to the next.</param>
/// <param name="StrideWidth">Columns from a window to the next.</param>
/// <param name="PadHeight">Rows that the first window lies above the plane.</param>
/// <param name="PadWidth">Columns that the first window lies left of the plane.</param>
public readonly record struct PoolShape(
    int Planes, int Height, int Width, int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth,
    int PadHeight, int PadWidth)
{
    /// <summary>Rows of the result.</summary>
    public int OutputHeight => ((Height + (2 * PadHeight) - KernelHeight) / StrideHeight) + 1;

    /// <summary>Columns of the result.</summary>
    public int OutputWidth => ((Width + (2 * PadWidth) - KernelWidth) / StrideWidth) + 1;

    /// <summary>Elements of the input.</summary>
    public long InputLength => (long)Planes * Height * Width;

    /// <summary>Elements of the result.</summary>
    public long OutputLength => (long)Planes * OutputHeight * OutputWidth;

    /// <summary>Whether there is one window, which covers all of its plane.</summary>
    public bool IsGlobal => (KernelHeight, KernelWidth, PadHeight, PadWidth) == (Height, Width, 0, 0);

    /// <summary>Refuses windows that no result has.</summary>
    /// <exception cref="InvalidInputException">
    /// A size or stride is below 1, a padding is negative or more than half a window, or a window is larger
    /// than the padded plane.
    /// </exception>
    public void Validate(string operation)
    {
        Throw.Unless(
            KernelHeight > 0 && KernelWidth > 0 && StrideHeight > 0 && StrideWidth > 0, operation,
            $"windows {KernelHeight}×{KernelWidth}, strides {StrideHeight}×{StrideWidth}",
            "1 or more of each", "give positive sizes");
        Throw.Unless(
            PadHeight >= 0 && PadWidth >= 0 && 2 * PadHeight <= KernelHeight && 2 * PadWidth <= KernelWidth,
            operation, $"padding {PadHeight}×{PadWidth} of windows {KernelHeight}×{KernelWidth}",
            "from 0 to half a window", "pad the data before");
        Throw.Unless(
            KernelHeight <= Height + (2 * PadHeight) && KernelWidth <= Width + (2 * PadWidth), operation,
            $"windows {KernelHeight}×{KernelWidth} on planes {Height}×{Width}",
            "planes no smaller than a window", "use a smaller window or larger data");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Planes} planes {Height}×{Width}, windows {KernelHeight}×{KernelWidth}, strides "
        + $"{StrideHeight}×{StrideWidth}, padding {PadHeight}×{PadWidth}";
}
