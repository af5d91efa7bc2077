using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>How a work-item writes its part of a row from shared memory.</summary>
internal static class BlockOutput<T> where T : unmanaged, INumber<T>
{
    /// <summary>Results <paramref name="first"/>, first + step … of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(
        SpreadPoints<PointLane<T>, T> points, int at, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        FftJob<T> job, int outer, int inner, int first, int step)
    {
        var row = (outer * job.To.Outer) + (inner * job.To.Inner);
        var added = job.BiasLength > 0 ? PointLane<T>.GatherWrapped(bias, inner, job.BiasLength) : PointLane<T>.Zero;
        if (job.Output == (int)FftPort.HalfSpectrum && job.IsHalved && job.Convolution == 0)
        {
            // Bins k and h − k are made of the same two points.
            for (var k = first; 2 * k <= job.Length && k < job.Results; k += step)
                BinPair(points, at, y, row, table, job, k);
        }
        else if (job.WritesSamplePairs)
        {
            for (var k = first; 2 * k < job.Results; k += step)
            {
                var value = FftOutput<SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Point(
                    points, at, table, job, (job.Start / 2) + k) * job.Scale;
                value += new ComplexLanes<PointLane<T>, T>(added, added);
                y.Cast<ComplexLanes<PointLane<T>, T>>()[(row >> 1) + k] = value;
            }
        }
        else if (job.Output == (int)FftPort.Circle && job.IsReal)
        {
            for (var k = first; k < job.Results; k += step)
                FftOutput<SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Store(
                    points, at, y, added, table, job, outer, inner, 1, k);
        }
        else
        {
            for (var k = first; k < job.Results; k += step)
                Write(y, row, job, k, FftOutput<SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Result(
                    points, at, table, job, inner, 1, k));
        }
    }

    /// <summary>
    /// With A, B and w as in <see cref="FftOutput{TPoints, TLanes, T}"/>, s = A + B and t = w·(A − B): bin k is s − i·t, bin
    /// h − k the conjugate of s + i·t.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BinPair(
        SpreadPoints<PointLane<T>, T> points, int at, ArrayView<T> y, int row, ArrayView<Complex<T>> table,
        FftJob<T> job, int k)
    {
        var other = job.Length - k;
        var a = FftOutput<SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Point(points, at, table, job, k);
        var b = FftOutput<SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Point(
            points, at, table, job, k == 0 ? 0 : other).Conjugate;
        var sum = a + b;
        var turned = (a - b) * table[job.Roots + k];
        Write(y, row, job, k, ComplexLanes<PointLane<T>, T>.MinusI(sum, turned) * job.Scale);
        if (other != k && other < job.Results)
            Write(y, row, job, other, ComplexLanes<PointLane<T>, T>.PlusI(sum, turned).Conjugate * job.Scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ArrayView<T> y, int row, FftJob<T> job, int k, ComplexLanes<PointLane<T>, T> value)
    {
        var target = row + (k * job.To.Point);
        if (job.WritesPairs != 0)
        {
            y.Cast<ComplexLanes<PointLane<T>, T>>()[target >> 1] = value;
            return;
        }

        y[target] = value.Re.Value;
        y[target + job.To.Imaginary] = value.Im.Value;
    }
}
