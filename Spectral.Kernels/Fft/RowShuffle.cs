using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Eight rows side by side and back, by a <see cref="Shuffle"/> or two for three bits of an element's index, the number
/// of the row. Back there is no pass of four: whether its four runs overlap takes longer to tell than it saves.
/// </summary>
internal static class RowShuffle
{
    /// <summary>Rows that are shuffled.</summary>
    internal const int Rows = 8;

    /// <summary>Rows a distance apart to [sample][8].</summary>
    /// <param name="x">The rows.</param>
    /// <param name="first">Start of the first row.</param>
    /// <param name="distance">From row to row.</param>
    /// <param name="length">Samples.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="again">The same scratch: as another parameter, loops need not fear that it overlaps.</param>
    /// <param name="target">Where the result is wanted.</param>
    /// <param name="spare">Start of the half of the scratch that the target does not lie in.</param>
    internal static void Gather<T>(
        ArrayView<T> x, int first, int distance, int length, ArrayView<T> work, ArrayView<T> again,
        long target, long spare)
        where T : unmanaged
    {
        // Two rows that follow each other are one run.
        var runs = distance == length ? 1 : 2;
        var run = 2L * length / runs;
        for (var row = 0; row < runs; row++)
            Shuffle.MergeFour(x, first + ((long)row * distance), 2L * distance, work, spare + (4 * run * row), run);
        Shuffle.Merge(work, spare, spare + (4L * length), again, target, 4L * length);
    }

    /// <summary>[sample][8] to rows a distance apart; overwrites the source and the spare half.</summary>
    /// <param name="y">The rows.</param>
    /// <param name="first">Start of the first row.</param>
    /// <param name="distance">From row to row.</param>
    /// <param name="length">Samples.</param>
    /// <param name="work">Scratch.</param>
    /// <param name="again">The same scratch.</param>
    /// <param name="source">Where the samples lie.</param>
    /// <param name="spare">Start of the half of the scratch that they do not lie in.</param>
    internal static void Scatter<T>(
        ArrayView<T> y, int first, int distance, int length, ArrayView<T> work, ArrayView<T> again,
        long source, long spare)
        where T : unmanaged
    {
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
