namespace Spectral.Kernels;

/// <summary>
/// Five exactly equivalent ways of a band-limited convolution: since a mask commutes with a product of
/// spectra, low-pass(x ⋆ w) = low-pass(x) ⋆ w, wherever the low-pass is computed.
/// </summary>
public enum ConvMethod
{
    /// <summary>No band is cut: an ordinary convolution, computed directly.</summary>
    Direct,

    /// <summary>Transform, keep the band, multiply spectra, transform back.</summary>
    Spectral,

    /// <summary>Low-pass the input in space, then convolve directly.</summary>
    LowPass,

    /// <summary>Convolve directly, then low-pass the result in space; at stride 1.</summary>
    LowPassOutput,

    /// <summary>
    /// Low-pass on the band's own circle and transform on the shortest one in the same matrix: the results of
    /// a long circle (<see cref="FftSizePolicy.Compatible"/>) at the cost of a short one.
    /// </summary>
    Absorbed,
}
