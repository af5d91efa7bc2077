using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>How the points of a transform are written, for every <see cref="FftPort"/>.</summary>
internal static class FftOutput<TPoints, TLanes, T>
    where TPoints : struct, IFftPoints<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Writes result <paramref name="k"/> of <paramref name="count"/> neighbouring rows.</summary>
    /// <param name="data">Points of the rows after the last stage.</param>
    /// <param name="at">Where they start.</param>
    /// <param name="y">Target.</param>
    /// <param name="bias">Added to samples.</param>
    /// <param name="table">Constants.</param>
    /// <param name="job">What is done.</param>
    /// <param name="outer">Outer row.</param>
    /// <param name="inner">First inner row.</param>
    /// <param name="count">Rows that exist.</param>
    /// <param name="k">Which result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(
        TPoints data, int at, ArrayView<T> y, TLanes bias,
        ArrayView<Complex<T>> table, FftJob<T> job, int outer, int inner, int count, int k)
    {
        var target = (outer * job.To.Outer) + (inner * job.To.Inner) + (k * job.To.Point);
        if (job.Output == (int)FftPort.Circle && job.IsReal)
        {
            var sample = (Sample(data, at, table, job, k) * job.Scale) + bias;
            TLanes.Scatter(sample, y, target, job.To.Inner, count);
            return;
        }

        var value = Result(data, at, table, job, inner, count, k);
        TLanes.Scatter(value.Re, y, target, job.To.Inner, count);
        TLanes.Scatter(value.Im, y, target + job.To.Imaginary, job.To.Inner, count);
    }

    /// <summary>Complex result k.</summary>
    /// <inheritdoc cref="Store"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ComplexLanes<TLanes, T> Result(
        TPoints data, int at, ArrayView<Complex<T>> table, FftJob<T> job, int inner, int count, int k)
    {
        var value = job.Output == (int)FftPort.HalfSpectrum && job.IsHalved
            ? UnpackedBin(data, at, table, job, k)
            : Point(data, at, table, job, PointOf(job, k));
        if (job.Output == (int)FftPort.Twiddled)
            value = Turned(value, table, job, inner, count, k);
        return value * job.Scale;
    }

    /// <summary>Which point result k is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PointOf(FftJob<T> job, int k)
    {
        var point = k;
        if (job.Output == (int)FftPort.Circle)
            point = job.Start + (k * job.Step);
        if (job.Output == (int)FftPort.Signed)
            point = FftPositions.FrequencyOf(k, job.Length);
        return point;
    }

    /// <summary>Point k of the complex transform.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ComplexLanes<TLanes, T> Point(
        TPoints data, int at, ArrayView<Complex<T>> table, FftJob<T> job, int k)
    {
        var value = data[at + k];
        if (job.Convolution > 0)
            value = value.Swapped * table[job.Chirp + k];
        return job.SwapOut != 0 ? value.Swapped : value;
    }

    /// <summary>
    /// Bin k of a real signal of length n = 2h from the transform Z of x[2j] + i·x[2j+1], doubled: with
    /// A = Z[k], B = conj Z[h−k] and w = exp(−2πi·k/n) it is (A + B) − i·w·(A − B).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> UnpackedBin(
        TPoints data, int at, ArrayView<Complex<T>> table, FftJob<T> job, int k)
    {
        var a = Point(data, at, table, job, k == job.Length ? 0 : k);
        var b = Point(data, at, table, job, k == 0 ? 0 : job.Length - k).Conjugate;
        return ComplexLanes<TLanes, T>.MinusI(a + b, (a - b) * table[job.Roots + k]);
    }

    /// <summary>
    /// Times the root of a four-step transform, exp(−2πi·column·k/n). Rows of that job are columns of the
    /// matrix, so each lane has a root of its own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> Turned(
        ComplexLanes<TLanes, T> value, ArrayView<Complex<T>> table, FftJob<T> job,
        int inner, int count, int k)
    {
        var roots = table.Cast<T>();
        var first = 2 * (job.Roots + (inner * k));
        var root = new ComplexLanes<TLanes, T>(
            TLanes.Gather(roots, first, 2 * k, count), TLanes.Gather(roots, first + 1, 2 * k, count));
        return value * root;
    }

    /// <summary>Real sample k, at its position of the circle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sample(
        TPoints data, int at, ArrayView<Complex<T>> table, FftJob<T> job, int k)
    {
        var position = job.Start + (k * job.Step);
        if (!job.IsHalved)
            return Point(data, at, table, job, position).Re;
        var pair = Point(data, at, table, job, position / 2);
        return position % 2 == 0 ? pair.Re : pair.Im;
    }
}
