namespace Spectral.Bench;

/// <summary>
/// The ratios of rivals' times to ours that are aimed at, for the forward and backward pass together, in
/// float with a relative error of at most 1e-5.
/// </summary>
internal static class Targets
{
    /// <summary>Against a direct convolution that keeps everything.</summary>
    /// <param name="gpu">On a GPU, or on a CPU.</param>
    /// <param name="kept">Percent of the spectrum that ours keeps.</param>
    /// <param name="tf32">The rival rounds its factors to TF32.</param>
    internal static Target? Direct(bool gpu, int kept, bool tf32) => (gpu, kept, tf32) switch
    {
        (false, 100, _) => new("direct, 100 % kept", 0.5, 0.8, 1.2),
        (false, 50, _) => new("direct, 50 % kept", 0.8, 1.3, 2),
        (false, 10, _) => new("direct, 10 % kept", 2.5, 4, 8),
        (true, 50, false) => new("direct, 50 % kept", 1, 2.5, 4),
        (true, 10, false) => new("direct, 10 % kept", 2, 5, 9),
        (true, 50, true) => new("direct TF32, 50 % kept", 0.25, 0.6, 1),
        (true, 10, true) => new("direct TF32, 10 % kept", 0.6, 1.2, 2),
        _ => null,
    };

    /// <summary>The results of the original's FFT lengths, against a direct convolution.</summary>
    internal static Target? Exact(bool gpu) =>
        gpu ? null : new("direct, original's results", 0.4, 0.7, 1);

    /// <summary>Against the original's algorithm.</summary>
    internal static Target Original(bool gpu, int dimensions) => (gpu, dimensions) switch
    {
        (false, 1) => new("the original's, series", 4, 10, 20),
        (false, _) => new("the original's, images", 30, 100, 250),
        (true, 1) => new("the original's, series", 3, 6, 12),
        _ => new("the original's, images", 5, 15, 30),
    };

    /// <summary>Batched real transforms.</summary>
    internal static Target Fft(bool gpu) =>
        gpu ? new("cuFFT", 0.6, 0.9, 1.05) : new("FFTW", 0.3, 0.6, 1);

    /// <summary>Batched real transforms of which the lowest bins are kept.</summary>
    internal static Target FftAndSlice(bool gpu) =>
        gpu ? new("cuFFT and slice", 1.2, 1.7, 1.9) : new("FFTW and slice", 0.7, 1.2, 2.5);

    /// <summary>The managed transform.</summary>
    internal static Target MathNet { get; } = new("MathNet", 5, 15, 30);

    /// <summary>Matrix products, complex ones too.</summary>
    internal static Target Gemm(bool gpu) =>
        gpu ? new("cuBLAS", 0.5, 0.8, 1) : new("OpenBLAS", 0.35, 0.6, 0.8);

    /// <summary>A whole training step at half the spectrum: faster than the direct network.</summary>
    internal static Target Step { get; } = new("training step, 50 % kept", 1, 1, 1);
}
