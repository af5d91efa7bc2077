using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Which row of a group a work-item has a part in, and its points there: the first and then every so many.</summary>
internal readonly struct BlockPlace(int row, int point, int step)
{
    internal readonly int Row = row, Point = point, Step = step;
}

/// <summary>
/// Transforms of any length for GPUs: a group takes one or more rows, a power of two, through the whole transform in shared
/// memory, a work-item to a butterfly. Rows that do not exist go through the stages like others, whatever they hold: where
/// some work-items took no part, compilers might part them before a barrier, which PoCL's does.
/// </summary>
internal static class BlockFft<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Radices up to here are butterflies of one work-item; of others each pair of points is one's.</summary>
    private const int LargestWhole = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transform(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<ComplexLanes<PointLane<T>, T>> data,
        ArrayView<Complex<T>> table, ArrayView<int> stages, FftJob<T> job, int logRows, int pitch)
    {
        // Work-items are dealt to the rows of a group for good, so that what belongs to a row is computed once.
        var rowsInGroup = 1 << logRows;
        var perRow = Group.DimX >> logRows;
        var byRows = new BlockPlace(Group.IdxX & (rowsInGroup - 1), Group.IdxX >> logRows, perRow);
        var byPoints = new BlockPlace(Group.IdxX / perRow, Group.IdxX % perRow, perRow);
        var reader = job.From.Inner < job.From.Point ? byRows : byPoints;
        var writer = job.To.Inner < job.To.Point ? byRows : byPoints;

        var points = new SpreadPoints<PointLane<T>, T>(data);
        var blocksOfOuter = (job.Inner + rowsInGroup - 1) >> logRows;
        for (var block = Grid.IdxX; block < job.Outer * blocksOfOuter; block += Grid.DimX)
        {
            var outer = block / blocksOfOuter;
            var first = (block - (outer * blocksOfOuter)) << logRows;
            if (reader.Row < job.Inner - first)
                BlockInput<T>.Load(x, points, reader.Row * pitch, reader, table, job, outer, first + reader.Row);
            Group.Barrier();
            var at = Stages(points, byPoints.Row * pitch, rowsInGroup * pitch, byPoints, table, stages, job);
            if (writer.Row < job.Inner - first)
                BlockOutput<T>.Store(
                    points, at + (writer.Row * pitch), y, bias, table, job, outer, first + writer.Row, writer.Point,
                    perRow);
            Group.Barrier();
        }
    }

    // All stages, twice to convolve; returns the half of the memory in which the rows are then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Stages(
        SpreadPoints<PointLane<T>, T> points, int row, int half, BlockPlace worker, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job)
    {
        var (from, to) = (0, half);
        var passes = job.Convolution > 0 ? 2 : 1;
        for (var s = 0; s < passes * job.Stages; s++)
        {
            if (s == job.Stages)
            {
                for (var i = worker.Point; i < job.Span; i += worker.Step)
                    points[from + row + i] = (points[from + row + i] * table[job.Spectrum + i]).Swapped;
                Group.Barrier();
            }

            var index = s < job.Stages ? s : s - job.Stages;
            Stage(
                FftStages.Read(stages, index), FftStages.ByStride(stages, index), points, from + row, to + row, worker,
                table);
            Group.Barrier();
            var swap = from;
            from = to;
            to = swap;
        }

        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stage(
        Stage stage, Divisor byStride, SpreadPoints<PointLane<T>, T> points, int from, int to, BlockPlace worker,
        ArrayView<Complex<T>> table)
    {
        var butterflies = stage.Groups * stage.Stride;
        if (stage.Radix <= LargestWhole)
        {
            for (var b = worker.Point; b < butterflies; b += worker.Step)
            {
                var p = byStride.Quotient(b);
                Butterflies<SpreadPoints<PointLane<T>, T>, SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Small(
                    stage, p, b - (p * stage.Stride), points, from, points, to, table);
            }

            return;
        }

        for (var pair = worker.Point; pair < butterflies * (stage.Radix / 2); pair += worker.Step)
        {
            var h = pair / butterflies;
            var b = pair - (h * butterflies);
            var p = byStride.Quotient(b);
            Butterflies<SpreadPoints<PointLane<T>, T>, SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.OddPair(
                stage, p, b - (p * stage.Stride), h + 1, points, from, points, to, table);
        }
    }
}
