using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Eight rows side by side and back, by perfect shuffles: each moves one or two bits of an element's index
/// from one end to the other, three in all, the number of the row. Every pass is a plain loop over whole
/// memory, which compilers turn into vector shuffles; loads or stores by lanes of eight rows would be one at a
/// time. Back there is no pass of four: whether its four runs overlap takes longer to tell than it saves.
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
            MergeFour(x, first + ((long)row * distance), 2L * distance, work, spare + (4 * run * row), run);
        Merge(work, spare, spare + (4L * length), again, target, 4L * length);
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
        Part(work, source, again, spare, spare + quarter, quarter);
        Part(again, spare, work, source, source + quarter, quarter);
        var runs = distance == length ? 1 : 4;
        var run = quarter / runs;
        for (var row = 0; row < runs; row++)
            Part(
                work, source + (2 * run * row), y, first + ((long)row * distance),
                first + ((row + 4L) * distance), run);
    }

    /// <summary>Elements of two runs by turns.</summary>
    private static void Merge<T>(
        ArrayView<T> from, long a, long b, ArrayView<T> to, long at, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            // Both loads come first: stores with a load between them would not be joined.
            var one = from[a + i];
            var two = from[b + i];
            to[at + (2 * i)] = one;
            to[at + (2 * i) + 1] = two;
        }
    }

    /// <summary>Elements by turns to two runs.</summary>
    private static void Part<T>(
        ArrayView<T> from, long at, ArrayView<T> to, long a, long b, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            var one = from[at + (2 * i)];
            var two = from[at + (2 * i) + 1];
            to[a + i] = one;
            to[b + i] = two;
        }
    }

    /// <summary>Elements of four runs by turns.</summary>
    private static void MergeFour<T>(
        ArrayView<T> from, long first, long distance, ArrayView<T> to, long at, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            var one = from[first + i];
            var two = from[first + distance + i];
            var three = from[first + (2 * distance) + i];
            var four = from[first + (3 * distance) + i];
            to[at + (4 * i)] = one;
            to[at + (4 * i) + 1] = two;
            to[at + (4 * i) + 2] = three;
            to[at + (4 * i) + 3] = four;
        }
    }
}
