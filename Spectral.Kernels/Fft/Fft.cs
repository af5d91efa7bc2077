using System.Collections.Concurrent;
using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Batched one-dimensional Fourier transforms of any length, NumPy's <c>fft</c>, <c>ifft</c>, <c>rfft</c>
/// and <c>irfft</c> on a device. Plans are made on first use of a length and batch and kept with the
/// device; hold an <see cref="FftPlan{T}"/> to make one's own.
/// </summary>
public static class Fft
{
    /// <summary>Complex transform of each row; in place if both views are the same.</summary>
    /// <param name="device">Where the views live.</param>
    /// <param name="x">[batch][n].</param>
    /// <param name="y">[batch][n].</param>
    /// <param name="n">Points of a row.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="norm">Where the factor 1/n goes.</param>
    /// <exception cref="InvalidInputException">Sizes that do not fit, or an unsupported length.</exception>
    public static void Forward<T>(
        ComputeDevice device, ArrayView<Complex<T>> x, ArrayView<Complex<T>> y, int n, int batch,
        FftNorm norm = FftNorm.Backward)
        where T : unmanaged, INumber<T> => Plan<T>(device, n, batch, norm).Forward(x, y);

    /// <summary>Inverse complex transform of each row; in place if both views are the same.</summary>
    /// <inheritdoc cref="Forward{T}"/>
    public static void Inverse<T>(
        ComputeDevice device, ArrayView<Complex<T>> x, ArrayView<Complex<T>> y, int n, int batch,
        FftNorm norm = FftNorm.Backward)
        where T : unmanaged, INumber<T> => Plan<T>(device, n, batch, norm).Inverse(x, y);

    /// <summary>Transform of real rows, [batch][n], to half spectra, [batch][n/2+1].</summary>
    /// <inheritdoc cref="Forward{T}"/>
    public static void ForwardReal<T>(
        ComputeDevice device, ArrayView<T> x, ArrayView<Complex<T>> y, int n, int batch,
        FftNorm norm = FftNorm.Backward)
        where T : unmanaged, INumber<T> => Plan<T>(device, n, batch, norm).ForwardReal(x, y);

    /// <summary>
    /// Half spectra, [batch][n/2+1], to real rows, [batch][n]. Imaginary parts of point 0 and, for even n,
    /// of point n/2 are ignored.
    /// </summary>
    /// <inheritdoc cref="Forward{T}"/>
    public static void InverseReal<T>(
        ComputeDevice device, ArrayView<Complex<T>> x, ArrayView<T> y, int n, int batch,
        FftNorm norm = FftNorm.Backward)
        where T : unmanaged, INumber<T> => Plan<T>(device, n, batch, norm).InverseReal(x, y);

    private static FftPlan<T> Plan<T>(ComputeDevice device, int n, int batch, FftNorm norm)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(device);
        var plans = device.Resource(typeof(FftPlan<T>), _ => new Plans<T>());
        var key = (n, batch, norm, forced: CandidateEnvironment.Forced("fft"));
        return plans.Made.GetOrAdd(key, k => FftPlan<T>.Create(device, k.n, k.batch, k.norm, k.forced));
    }

    /// <summary>Plans of a device; their tables are resources of the device themselves.</summary>
    private sealed class Plans<T> : IDisposable
        where T : unmanaged, INumber<T>
    {
        internal ConcurrentDictionary<(int n, int batch, FftNorm norm, string? forced), FftPlan<T>> Made { get; } = new();

        public void Dispose() => Made.Clear();
    }
}
