using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>Stride, padding, dilation and groups of a two-dimensional convolution; a value.</summary>
/// <param name="Stride">Distance of outputs, at least 1.</param>
/// <param name="Padding">Rows added above and columns added left, 0 or more.</param>
/// <param name="PaddingAfter">Rows added below and columns added right; null for as many as before.</param>
/// <param name="Dilation">Distance of filter taps, at least 1.</param>
/// <param name="Groups">Independent convolutions of so many equal parts of the channels, at least 1.</param>
/// <param name="PaddingMode">What is added.</param>
public readonly record struct Conv2dSettings(
    Size2 Stride, Size2 Padding = default, Size2? PaddingAfter = null, Size2? Dilation = null, int Groups = 1,
    PaddingMode PaddingMode = PaddingMode.Zeros)
{
    /// <summary>A dense convolution without padding.</summary>
    public Conv2dSettings()
        : this(1)
    {
    }

    internal Size2 After => PaddingAfter ?? Padding;

    internal ConvAxis Vertical(int length, int kernel) =>
        new(length, kernel, Stride.H, Padding.H, After.H, (Dilation ?? 1).H);

    internal ConvAxis Horizontal(int length, int kernel) =>
        new(length, kernel, Stride.W, Padding.W, After.W, (Dilation ?? 1).W);
}
