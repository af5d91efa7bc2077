namespace Spectral.Kernels;

/// <summary>How long the circle is on which a convolution is computed.</summary>
public enum FftSizePolicy
{
    /// <summary>The shortest length that is exact for all three passes and that transforms are fast at.</summary>
    Minimal,

    /// <summary>
    /// The power of two of the original code (Dziedzic et al. 2019). With a band cut the result depends
    /// a little on the length, so its results need its lengths.
    /// </summary>
    Compatible,
}
