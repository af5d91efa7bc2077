using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The kernel for GPUs: a group takes one or more rows, a power of two, through the whole transform in shared memory,
/// a work-item to a butterfly.
/// </summary>
internal sealed class BlockFftKernels : IKernelForms
{
    /// <summary>Bytes of shared memory of the small form: lets several groups share a multiprocessor.</summary>
    internal const int SmallBytes = 12 * 1024;

    /// <summary>Bytes of the large form: what every device grants a group.</summary>
    internal const int LargeBytes = 48 * 1024;

    /// <summary>Bytes that a row takes, in two halves between which the stages go back and forth.</summary>
    internal static int BytesOf(int span, DType type)
    {
        var pitch = SpreadPoints<PointLane<float>, float>.Pitch(span);
        return 2 * SpreadPoints<PointLane<float>, float>.Places(pitch) * 2 * type.SizeOf();
    }

    /// <summary>Points of the longest row that fits.</summary>
    internal static int LongestSpan(DType type)
    {
        const int Run = SpreadPoints<PointLane<float>, float>.Run;
        return LargeBytes / BytesOf(Run, type) * Run;
    }

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    internal static void Small<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job, int logRows)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(SmallBytes);
        Transform(x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, stages, job, logRows);
    }

    internal static void Large<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job, int logRows)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(LargeBytes);
        Transform(x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, stages, job, logRows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<ComplexLanes<PointLane<T>, T>> data,
        ArrayView<Complex<T>> table, ArrayView<int> stages, FftJob<T> job, int logRows)
        where T : unmanaged, INumber<T>
    {
        // Work-items are dealt to the rows of a group for good, so that what belongs to a row is computed once.
        var rowsInGroup = 1 << logRows;
        var perRow = Group.DimX >> logRows;
        var byRows = new Place(Group.IdxX & (rowsInGroup - 1), Group.IdxX >> logRows);
        var byPoints = new Place(Group.IdxX / perRow, Group.IdxX % perRow);
        var reader = job.From.Inner < job.From.Point ? byRows : byPoints;
        var writer = job.To.Inner < job.To.Point ? byRows : byPoints;

        var points = new SpreadPoints<PointLane<T>, T>(data);
        var pitch = SpreadPoints<PointLane<T>, T>.Pitch(job.Span);
        var blocksOfOuter = (job.Inner + rowsInGroup - 1) >> logRows;
        for (var block = Grid.IdxX; block < job.Outer * blocksOfOuter; block += Grid.DimX)
        {
            var outer = block / blocksOfOuter;
            var first = (block - (outer * blocksOfOuter)) << logRows;
            var rows = job.Inner - first;

            // Step 1: rows into shared memory, neighbours in global memory by neighbouring work-items.
            var from = 0;
            var to = rowsInGroup * pitch;
            if (job.IsPackedRun && reader.Row < rows)
            {
                LoadPacked(x, points, job, outer, first + reader.Row, reader, reader.Row * pitch, perRow);
            }
            else if (reader.Row < rows)
            {
                for (var point = reader.Point; point < job.Span; point += perRow)
                    points[(reader.Row * pitch) + point] = FftInput<PointLane<T>, T>.Load(
                        x, table, job, outer, first + reader.Row, 1, point);
            }

            Group.Barrier();

            // Step 2: the stages, twice to convolve.
            var row = byPoints.Row * pitch;
            var isRow = byPoints.Row < rows;
            var passes = job.Convolution > 0 ? 2 : 1;
            for (var pass = 0; pass < passes; pass++)
            {
                if (pass == 1)
                {
                    for (var point = byPoints.Point; isRow && point < job.Span; point += perRow)
                        points[from + row + point] =
                            (points[from + row + point] * table[job.Spectrum + point]).Swapped;
                    Group.Barrier();
                }

                for (var s = 0; s < job.Stages; s++)
                {
                    var stage = FftStages.Read(stages, s);
                    var byStride = FftStages.ByStride(stages, s);
                    var butterflies = isRow ? stage.Groups * stage.Stride : 0;
                    for (var b = byPoints.Point; b < butterflies; b += perRow)
                    {
                        var p = byStride.Quotient(b);
                        Butterflies<SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Run(
                            stage, p, b - (p * stage.Stride), points, from + row, to + row, table);
                    }

                    Group.Barrier();
                    var swap = from;
                    from = to;
                    to = swap;
                }
            }

            // Step 3: results to global memory.
            if (writer.Row < rows)
            {
                var added = job.BiasLength > 0
                    ? PointLane<T>.GatherWrapped(bias, first + writer.Row, job.BiasLength)
                    : PointLane<T>.Zero;
                for (var k = writer.Point; k < job.Results; k += perRow)
                    FftOutput<SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Store(
                        points, from + (writer.Row * pitch), y, added, table, job, outer, first + writer.Row, 1, k);
            }

            Group.Barrier();
        }
    }

    /// <summary>
    /// Step 1 of real signals whose samples follow each other, two to a point: four points on their way at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadPacked<T>(
        ArrayView<T> x, SpreadPoints<PointLane<T>, T> points, FftJob<T> job, int outer, int inner, Place reader,
        int target, int perRow)
        where T : unmanaged, INumber<T>
    {
        var row = (outer * job.From.Outer) + (inner * job.From.Inner);
        for (var point = reader.Point; point < job.Length; point += 4 * perRow)
        {
            var (p1, p2, p3) = (point + perRow, point + (2 * perRow), point + (3 * perRow));
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
    private static ComplexLanes<PointLane<T>, T> Packed<T>(ArrayView<T> x, FftJob<T> job, int row, int point)
        where T : unmanaged, INumber<T>
    {
        var sample = (2 * point) - job.Start;
        var (re, im) = (T.Zero, T.Zero);
        if (sample >= 0 && sample < job.Samples)
            re = x[row + (sample * job.From.Point)];
        if (sample >= -1 && sample + 1 < job.Samples)
            im = x[row + ((sample + 1) * job.From.Point)];
        return new(new PointLane<T>(re), new PointLane<T>(im));
    }

    /// <summary>A work-item's row of the group, and its first point there.</summary>
    private readonly struct Place(int row, int point)
    {
        internal readonly int Row = row, Point = point;
    }

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, ArrayView<int>,
            FftJob<T>, int>)Small,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, ArrayView<int>,
            FftJob<T>, int>)Large,
    ];
}
