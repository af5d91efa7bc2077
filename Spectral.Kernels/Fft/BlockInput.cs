using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>How a work-item reads its part of a row into shared memory.</summary>
internal static class BlockInput<T> where T : unmanaged, INumber<T>
{
    /// <summary>Points of a row into shared memory, neighbours in global memory by neighbouring work-items.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Load(
        ArrayView<T> x, SpreadPoints<PointLane<T>, T> points, int target, BlockPlace reader, ArrayView<Complex<T>> table,
        FftJob<T> job, int outer, int inner)
    {
        if (job.IsPackedRun)
            LoadPacked(x, points, target, reader, job, (outer * job.From.Outer) + (inner * job.From.Inner));
        else
            for (var point = reader.Point; point < job.Span; point += reader.Step)
                points[target + point] = FftInput<PointLane<T>, T>.Load(x, table, job, outer, inner, 1, point);
    }

    /// <summary>
    /// Of real signals whose samples follow each other, two to a point: four points on their way at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadPacked(
        ArrayView<T> x, SpreadPoints<PointLane<T>, T> points, int target, BlockPlace reader, FftJob<T> job, int row)
    {
        var step = reader.Step;
        for (var point = reader.Point; point < job.Length; point += 4 * step)
        {
            var (p1, p2, p3) = (point + step, point + (2 * step), point + (3 * step));
            var v0 = Packed(x, job, row, point);
            var v1 = Packed(x, job, row, p1);
            var v2 = Packed(x, job, row, p2);
            var v3 = Packed(x, job, row, p3);
            points[target + point] = v0;
            if (p1 < job.Length)
                points[target + p1] = v1;
            if (p2 < job.Length)
                points[target + p2] = v2;
            if (p3 < job.Length)
                points[target + p3] = v3;
        }
    }

    /// <summary>Samples 2·point and 2·point + 1 of the circle, zero where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<PointLane<T>, T> Packed(ArrayView<T> x, FftJob<T> job, int row, int point)
    {
        var sample = (2 * point) - job.Start;
        var (re, im) = (T.Zero, T.Zero);
        if (sample >= 0 && sample < job.Samples)
            re = x[row + (sample * job.From.Point)];
        if (sample >= -1 && sample + 1 < job.Samples)
            im = x[row + ((sample + 1) * job.From.Point)];
        return new(new PointLane<T>(re), new PointLane<T>(im));
    }
}
