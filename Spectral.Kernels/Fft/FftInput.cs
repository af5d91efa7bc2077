using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>How the points of a transform are read, for every <see cref="FftPort"/>.</summary>
internal static class FftInput<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>
    /// A point of <paramref name="count"/> neighbouring rows, ready for the stages: swapped for an inverse
    /// transform, times the chirp for Bluestein's, zero beyond the length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ComplexLanes<TLanes, T> Load(
        ArrayView<T> x, ArrayView<Complex<T>> table, FftJob<T> job, int outer, int inner, int count, int point)
    {
        if (point >= job.Length)
            return ComplexLanes<TLanes, T>.Zero;
        var row = (outer * job.From.Outer) + (inner * job.From.Inner);
        var value = ComplexLanes<TLanes, T>.Zero;
        if (job.Input == (int)FftPort.Complex)
            value = Pair(x, job, row + (point * job.From.Point), count);
        else if (job.Input == (int)FftPort.Signed)
            value = Signed(x, job, row, count, point);
        else if (job.Input == (int)FftPort.Circle)
            value = Samples(x, job, row, count, point);
        else if (job.IsHalved)
            value = PackedBins(x, table, job, row, count, point);
        else
            value = Bins(x, job, row, count, point);
        if (job.SwapIn != 0)
            value = value.Swapped;
        return job.Convolution > 0 ? value * table[job.Chirp + point] : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> Pair(ArrayView<T> x, FftJob<T> job, int at, int count) => new(
        TLanes.Gather(x, at, job.From.Inner, count),
        TLanes.Gather(x, at + job.From.Imaginary, job.From.Inner, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> Signed(ArrayView<T> x, FftJob<T> job, int row, int count, int point)
    {
        var bin = FftPositions.BinOf(point, job.Length);
        return bin < job.Bins
            ? Pair(x, job, row + (bin * job.From.Point), count)
            : ComplexLanes<TLanes, T>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> Samples(
        ArrayView<T> x, FftJob<T> job, int row, int count, int point)
    {
        if (!job.IsReal)
        {
            var index = FftPositions.SampleAt(job, point);
            return index < 0
                ? ComplexLanes<TLanes, T>.Zero
                : Pair(x, job, row + (index * job.From.Point), count);
        }

        if (!job.IsHalved)
            return new(Sample(x, job, row, count, point), TLanes.Zero);
        return new(Sample(x, job, row, count, 2 * point), Sample(x, job, row, count, (2 * point) + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sample(ArrayView<T> x, FftJob<T> job, int row, int count, int position)
    {
        var index = FftPositions.SampleAt(job, position);
        return index < 0
            ? TLanes.Zero
            : TLanes.Gather(x, row + (index * job.From.Point), job.From.Inner, count);
    }

    /// <summary>Bin k of the half spectrum; imaginary parts of DC and Nyquist do not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> Bin(ArrayView<T> x, FftJob<T> job, int row, int count, int k)
    {
        if (k >= job.Bins)
            return ComplexLanes<TLanes, T>.Zero;
        var at = row + (k * job.From.Point);
        var re = TLanes.Gather(x, at, job.From.Inner, count);
        if (k == 0 || 2 * k == job.RealLength)
            return new(re, TLanes.Zero);
        return new(re, TLanes.Gather(x, at + job.From.Imaginary, job.From.Inner, count));
    }

    /// <summary>Odd real length: the full spectrum, mirrored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> Bins(ArrayView<T> x, FftJob<T> job, int row, int count, int k)
    {
        var mirrored = 2 * k > job.RealLength;
        var value = Bin(x, job, row, count, mirrored ? job.RealLength - k : k);
        return mirrored ? value.Conjugate : value;
    }

    /// <summary>
    /// Even real length n = 2h: with A = X[k], B = conj X[h−k] and w = exp(−2πi·k/n), the spectrum of
    /// x[2j] + i·x[2j+1] is (A + B) + i·conj(w)·(A − B), up to a half that the unscaled inverse wants.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> PackedBins(
        ArrayView<T> x, ArrayView<Complex<T>> table, FftJob<T> job, int row, int count, int k)
    {
        var a = Bin(x, job, row, count, k);
        var b = Bin(x, job, row, count, job.Length - k).Conjugate;
        var turned = (a - b) * table[job.Roots + k].Conjugate;
        return ComplexLanes<TLanes, T>.PlusI(a + b, turned);
    }
}
