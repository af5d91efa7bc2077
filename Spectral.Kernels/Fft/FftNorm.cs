namespace Spectral.Kernels;

/// <summary>Where the factor 1/n of a transform pair goes; the names are NumPy's.</summary>
public enum FftNorm
{
    /// <summary>Forward unscaled, inverse times 1/n.</summary>
    Backward,

    /// <summary>Both times 1/√n.</summary>
    Ortho,

    /// <summary>Forward times 1/n, inverse unscaled.</summary>
    Forward,
}
