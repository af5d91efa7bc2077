namespace Spectral.Autograd;

/// <summary>Stride, padding, dilation and groups of a one-dimensional convolution; a value.</summary>
/// <param name="Stride">Distance of outputs, at least 1.</param>
/// <param name="Padding">Elements added before the series, 0 or more.</param>
/// <param name="PaddingAfter">Elements added after it; null for as many as before.</param>
/// <param name="Dilation">Distance of filter taps, at least 1.</param>
/// <param name="Groups">Independent convolutions of so many equal parts of the channels, at least 1.</param>
/// <param name="PaddingMode">What is added.</param>
public readonly record struct Conv1dSettings(
    int Stride = 1, int Padding = 0, int? PaddingAfter = null, int Dilation = 1, int Groups = 1,
    PaddingMode PaddingMode = PaddingMode.Zeros)
{
    /// <summary>A dense convolution without padding.</summary>
    public Conv1dSettings()
        : this(1)
    {
    }

    /// <summary>The same for series seen as images of one row.</summary>
    internal Conv2dSettings OneRow => new(
        (1, Stride), (0, Padding), PaddingAfter is { } after ? (0, after) : null, (1, Dilation), Groups,
        PaddingMode);
}
