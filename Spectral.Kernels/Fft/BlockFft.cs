using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Transforms for GPUs: a group takes one or more rows, a power of two, through the whole transform in shared memory,
/// a work-item to a butterfly.
/// </summary>
internal static class BlockFft<T, TStages>
    where T : unmanaged, INumber<T>
    where TStages : struct, IBlockStages<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transform(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<ComplexLanes<PointLane<T>, T>> data,
        ArrayView<Complex<T>> table, ArrayView<int> stages, FftJob<T> job, int logRows, int pitch)
    {
        // Work-items are dealt to the rows of a group for good, so that what belongs to a row is computed once.
        var rowsInGroup = 1 << logRows;
        var perRow = TStages.ItemsOfRow(Group.DimX >> logRows);
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
            var rows = new BlockRows<T>(points, job, outer, first, pitch, rowsInGroup * pitch);
            var at = TStages.Run(x, rows, job, reader, byPoints, table, stages);
            if (rows.Has(writer))
                BlockOutput<T>.Store(
                    points, at + (writer.Row * pitch), y, bias, table, job, outer, first + writer.Row, writer.Point,
                    perRow);
            Group.Barrier();
        }
    }
}
