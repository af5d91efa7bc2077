using System.Collections.Concurrent;
using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Transforms fused with padding, truncation and cropping: real rows straight to the kept bins and back.
/// Spectra are planar and frequency-major, [k][2][rows]. Where a tile holds the transform it is one
/// launch and nothing but the kept bins reaches global memory; longer ones go through scratch.
/// </summary>
internal static class BandFft
{
    /// <summary>Whether the shape can be transformed (on any device).</summary>
    internal static bool IsLegal(BandFftShape shape) => shape.IsValid;

    /// <summary>Whether it is a single launch without a full spectrum in global memory.</summary>
    internal static bool IsFused<T>(ComputeDevice device, BandFftShape shape)
        where T : unmanaged, INumber<T> =>
        shape.IsValid && Pass<T>(device, shape, false).IsSingleLaunch;

    /// <summary>
    /// Bins 0 … k−1 of the transform of each row, whose sample l lies at start + l·step of the circle
    /// and everything else is zero. Unscaled.
    /// </summary>
    /// <param name="device">Where the views live.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">[rows][samples].</param>
    /// <param name="spectrum">[k][2][rows].</param>
    /// <exception cref="InvalidInputException">A shape off the circle, or views of other sizes.</exception>
    internal static void Forward<T>(
        ComputeDevice device, BandFftShape shape, ArrayView<T> x, ArrayView<T> spectrum)
        where T : unmanaged, INumber<T>
    {
        Check(shape, spectrum, x);
        Pass<T>(device, shape, false).Run(x, spectrum, x);
    }

    /// <summary>
    /// Samples at start + o·step of the inverse transform, scaled by 1/S, of spectra that are zero from bin
    /// k on. Imaginary parts of bin 0 and, for even S, of bin S/2 are ignored.
    /// </summary>
    /// <param name="device">Where the views live.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="spectrum">[k][2][rows].</param>
    /// <param name="y">[rows][samples].</param>
    /// <param name="bias">Added to row r: bias[r mod length]; empty for none.</param>
    /// <exception cref="InvalidInputException">A shape off the circle, or views of other sizes.</exception>
    internal static void Inverse<T>(
        ComputeDevice device, BandFftShape shape, ArrayView<T> spectrum, ArrayView<T> y,
        ArrayView<T> bias = default)
        where T : unmanaged, INumber<T>
    {
        Check(shape, spectrum, y);
        var biasLength = bias.IntLength;
        Pass<T>(device, shape, true, biasLength).Run(spectrum, y, biasLength > 0 ? bias : spectrum);
    }

    private static void Check<T>(BandFftShape shape, ArrayView<T> spectrum, ArrayView<T> samples)
        where T : unmanaged, INumber<T>
    {
        Throw.Unless(shape.IsValid, "band fft", $"{shape}",
            "samples and bins on the circle, 1 to S/2+1 bins", "use a longer circle or fewer samples");
        Throw.Unless(
            spectrum.Length == 2L * shape.Bins * shape.Rows
            && samples.Length == (long)shape.Rows * shape.Samples,
            "band fft", $"views of {spectrum.Length} and {samples.Length} reals for {shape}",
            "[k][2][rows] and [rows][samples]", "pass whole views");
    }

    private static FftPass<T> Pass<T>(
        ComputeDevice device, BandFftShape shape, bool inverse, int biasLength = 0)
        where T : unmanaged, INumber<T>
    {
        var passes = device.Resource(typeof(FftPass<T>), _ => new Passes<T>());
        var key = (shape, inverse, biasLength, CandidateEnvironment.Forced("fft"));
        return passes.Made.GetOrAdd(key, _ => new FftPass<T>(
            device, JobOf<T>(shape, inverse, biasLength), null));
    }

    private static FftJob<T> JobOf<T>(BandFftShape shape, bool inverse, int biasLength)
        where T : unmanaged, INumber<T>
    {
        var job = Job<T>(shape);
        Direct(
            ref job, inverse, new FftStrides(0, shape.Samples, 1, 0),
            new FftStrides(0, 1, 2 * shape.Rows, shape.Rows));
        job.BiasLength = biasLength;
        return job;
    }

    /// <summary>Makes a job of <see cref="Job"/> go one way, between samples and bins that lie so.</summary>
    internal static void Direct<T>(ref FftJob<T> job, bool inverse, FftStrides samples, FftStrides bins)
        where T : unmanaged, INumber<T>
    {
        job.Input = (int)(inverse ? FftPort.HalfSpectrum : FftPort.Circle);
        job.Output = (int)(inverse ? FftPort.Circle : FftPort.HalfSpectrum);
        job.SwapIn = job.SwapOut = inverse ? 1 : 0;
        (job.From, job.To) = inverse ? (bins, samples) : (samples, bins);
        job.Results = inverse ? job.Samples : job.Bins;
        var forward = job.IsHalved ? 0.5 : 1;
        job.Scale = T.CreateChecked(inverse ? 1.0 / job.RealLength : forward);
    }

    /// <summary>The sizes of a job: real rows, one after the other.</summary>
    internal static FftJob<T> Job<T>(BandFftShape shape) where T : unmanaged, INumber<T> => new()
    {
        Outer = 1,
        Inner = shape.Rows,
        Length = shape.Circle % 2 == 0 ? shape.Circle / 2 : shape.Circle,
        RealLength = shape.Circle,
        Bins = shape.Bins,
        Start = shape.Start,
        Step = shape.Step,
        Samples = shape.Samples,
    };

    private sealed class Passes<T> : IDisposable
        where T : unmanaged, INumber<T>
    {
        internal ConcurrentDictionary<(BandFftShape, bool, int, string?), FftPass<T>> Made { get; } = new();

        public void Dispose() => Made.Clear();
    }
}
