using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Eight or sixteen rows side by side and back, by a <see cref="Shuffle"/> or two for the bits of an element's index that
/// are the number of the row. Of eight there is no pass of four back: whether its four runs overlap takes longer to
/// tell than it saves.
/// </summary>
internal static class RowShuffle
{
    /// <summary>Rows a distance apart to [sample][lane].</summary>
    /// <param name="x">The rows.</param>
    /// <param name="first">Start of the first row.</param>
    /// <param name="distance">From row to row.</param>
    /// <param name="length">Samples.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="again">The same scratch: as another parameter, loops need not fear that it overlaps.</param>
    /// <param name="target">Where the result is wanted.</param>
    /// <param name="spare">Start of the half of the scratch that the target does not lie in.</param>
    internal static void Gather<TLanes, T>(
        ArrayView<T> x, int first, int distance, int length, ArrayView<T> work, ArrayView<T> again,
        long target, long spare)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        if (TLanes.Width == 16)
        {
            AdjacentRows.TakeSamples<T, TLanes>(
                x, first, distance, length, again, work, target, spare, TLanes.Width);
            return;
        }

        // Two rows that follow each other are one run.
        var runs = distance == length ? 1 : 2;
        var run = 2L * length / runs;
        for (var row = 0; row < runs; row++)
            Shuffle.MergeFour(x, first + ((long)row * distance), 2L * distance, work, spare + (4 * run * row), run);
        Shuffle.Merge(work, spare, spare + (4L * length), again, target, 4L * length);
    }

    /// <summary>[sample][lane] to rows a distance apart; overwrites the source and the spare half.</summary>
    /// <param name="y">The rows.</param>
    /// <param name="first">Start of the first row.</param>
    /// <param name="distance">From row to row.</param>
    /// <param name="length">Samples.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="again">The same scratch.</param>
    /// <param name="source">Where the samples lie.</param>
    /// <param name="spare">Start of the half of the scratch that they do not lie in.</param>
    internal static void Scatter<TLanes, T>(
        ArrayView<T> y, int first, int distance, int length, ArrayView<T> work, ArrayView<T> again,
        long source, long spare)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        if (TLanes.Width == 16)
        {
            AdjacentRows.PutSamples<T, TLanes>(
                work, again, source, spare, y, first, distance, length, y, 0, 0, TLanes.Width);
            return;
        }

        var quarter = 4L * length;
        Shuffle.Part(work, source, again, spare, spare + quarter, quarter);
        Shuffle.Part(again, spare, work, source, source + quarter, quarter);
        var runs = distance == length ? 1 : 4;
        var run = quarter / runs;
        for (var row = 0; row < runs; row++)
            Shuffle.Part(
                work, source + (2 * run * row), y, first + ((long)row * distance),
                first + ((row + 4L) * distance), run);
    }
}
