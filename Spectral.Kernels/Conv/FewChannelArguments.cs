namespace Spectral.Kernels;

/// <summary>Sizes of a convolution of few channels, and where a work-item's scratch holds what; in elements.</summary>
internal struct FewChannelArguments(ConvShape s)
{
    public int N = s.N, C = s.C, K = s.K, H = s.Input.H, W = s.Input.W, R = s.Kernel.H, Q = s.Kernel.W;
    public int OutH = s.Output.H, OutW = s.Output.W;
    public int PadH = s.H.PadBefore, PadW = s.W.PadBefore, DilationH = s.H.Dilation, DilationW = s.W.Dilation;

    /// <summary>Parts that the output channels are dealt to.</summary>
    public int Parts;

    /// <summary>
    /// Scratch of a work-item; in it planes of the output's gradient, or weights of a series' last lanes, planes of a tap's
    /// share or low-passed series, and sums.
    /// </summary>
    public int SlotLength, PlaneAt, PlaneLength, SumsAt;

    /// <summary>Where scratch holds the filters as tiles take them.</summary>
    public int WeightsAt;

    /// <summary>1 adds a bias of each output channel.</summary>
    public int Bias;

    /// <summary>Distance of the rows of a padded image, and of planes spread alike, and of images.</summary>
    public int Pitch = s.W.Padded, ImageLength = s.H.Padded * s.W.Padded;

    /// <summary>Images that are taken at a time.</summary>
    public int Together = 1;

    /// <summary>
    /// Of series that the kernel takes through a low-pass: their samples before, or 0 for none; the waves that are kept;
    /// the distance of the series in what is held of these; where scratch holds that, and gradients of series.
    /// </summary>
    public int Samples, Waves, WavesPitch, WavesAt, SeriesAt;
}
