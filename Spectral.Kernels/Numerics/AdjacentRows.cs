using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Memory access of kernels whose lanes are adjacent rows, or planes: elements of a spectrum are neighbours already,
/// samples lie a row apart.
/// </summary>
internal static class AdjacentRows
{
    /// <summary>
    /// Some samples of adjacent rows, as [count][lanes]: by two passes of a <see cref="Shuffle"/>, of fewer rows than
    /// lanes one by one.
    /// </summary>
    /// <param name="x">The rows.</param>
    /// <param name="from">The first sample of the first row.</param>
    /// <param name="row">From row to row.</param>
    /// <param name="count">Samples of each.</param>
    /// <param name="scratch">Where to.</param>
    /// <param name="again">
    /// The same scratch, or other: as another parameter, loops need not fear that it overlaps.
    /// </param>
    /// <param name="to">First element there.</param>
    /// <param name="spare">Room for as much.</param>
    /// <param name="lanes">Rows that exist.</param>
    internal static void TakeSamples<T, TLanes>(
        ArrayView<T> x, int from, int row, int count, ArrayView<T> scratch, ArrayView<T> again, long to, long spare,
        int lanes)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        if (lanes < TLanes.Width)
        {
            for (var lane = 0; lane < lanes; lane++)
                for (var i = 0; i < count; i++)
                    scratch[to + (i * TLanes.Width) + lane] = x[from + (lane * row) + i];
            return;
        }

        if (TLanes.Width == 4)
        {
            Shuffle.MergeFour(x, from, row, scratch, to, count);
            return;
        }

        if (TLanes.Width == 32)
        {
            // Two halves, each with the room of the result to spare, side by side.
            var half = 16 * count;
            TakeSixteen(x, from, row, count, again, scratch, spare, to, lanes / 2);
            TakeSixteen(x, from + (16 * row), row, count, again, scratch, spare + half, to, lanes / 2);
            for (var i = 0; i < count; i++)
            {
                Lanes.Store(scratch, to + (32 * i), Lanes.Load<T, Lanes16<T>>(again, spare + (16 * i)));
                Lanes.Store(scratch, to + (32 * i) + 16, Lanes.Load<T, Lanes16<T>>(again, spare + half + (16 * i)));
            }

            return;
        }

        if (TLanes.Width == 16)
        {
            TakeSixteen(x, from, row, count, scratch, again, to, spare, lanes);
            return;
        }

        MergeQuarters(x, from, row, count, again, spare, lanes);
        Shuffle.Merge(again, spare, spare + (4L * count), scratch, to, 4L * count);
    }

    private static void TakeSixteen<T>(
        ArrayView<T> x, int from, int row, int count, ArrayView<T> scratch, ArrayView<T> again, long to, long spare,
        int lanes)
        where T : unmanaged, INumber<T>
    {
        MergeQuarters(x, from, row, count, again, spare, lanes);
        Shuffle.MergeFour(again, spare, 4L * count, scratch, to, 4L * count);
    }

    /// <summary>Rows a quarter of all lanes apart by turns.</summary>
    private static void MergeQuarters<T>(ArrayView<T> x, int from, int row, int count, ArrayView<T> to, long at, int lanes)
        where T : unmanaged, INumber<T>
    {
        // No constant to compilers, which would write the loop out and vectorise every turn of it.
        var quarter = lanes / 4;

        // Whole rows follow each other without a gap: longer runs.
        var runs = quarter;
        if (count == row)
            runs = 1;
        for (var first = 0; first < runs; first++)
            Shuffle.MergeFour(
                x, from + (first * (long)row), quarter * (long)row, to, at + (4L * count * first),
                (long)count * quarter / runs);
    }

    /// <summary>
    /// The way back of <see cref="TakeSamples"/> for 8 or 16 lanes, each row with its bias where there is one.
    /// </summary>
    /// <param name="scratch">The samples, [count][lanes].</param>
    /// <param name="again">The same scratch, or other.</param>
    /// <param name="from">First element there.</param>
    /// <param name="spare">Room for as much.</param>
    /// <param name="y">The rows.</param>
    /// <param name="to">Where the samples of the first row belong.</param>
    /// <param name="row">From row to row.</param>
    /// <param name="count">Samples of each.</param>
    /// <param name="bias">Added to the rows by turns.</param>
    /// <param name="biasLength">How many; 0 for none.</param>
    /// <param name="firstRow">Number of the first row.</param>
    /// <param name="lanes">Rows that exist.</param>
    internal static void PutSamples<T, TLanes>(
        ArrayView<T> scratch, ArrayView<T> again, long from, long spare, ArrayView<T> y, int to, int row, int count,
        ArrayView<T> bias, int biasLength, int firstRow, int lanes)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        if (lanes < TLanes.Width)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                var added = Bias(bias, biasLength, firstRow + lane);
                for (var i = 0; i < count; i++)
                    y[to + (lane * row) + i] = added + scratch[from + (i * TLanes.Width) + lane];
            }

            return;
        }

        var quarter = lanes / 4;
        if (TLanes.Width == 16)
            Shuffle.PartFour(scratch, from, again, spare, 4L * count, 4L * count, Lanes4<T>.Zero);
        else
            Shuffle.Part(scratch, from, again, spare, spare + (4L * count), 4L * count);
        var runs = quarter;
        if (count == row && biasLength == 0)
            runs = 1;
        for (var first = 0; first < runs; first++)
        {
            Lanes4<T> added;
            added.V0 = Bias(bias, biasLength, firstRow + first);
            added.V1 = Bias(bias, biasLength, firstRow + first + quarter);
            added.V2 = Bias(bias, biasLength, firstRow + first + (2 * quarter));
            added.V3 = Bias(bias, biasLength, firstRow + first + (3 * quarter));
            Shuffle.PartFour(
                again, spare + (4L * count * first), y, to + (first * (long)row), quarter * (long)row,
                (long)count * quarter / runs, added);
        }
    }

    private static T Bias<T>(ArrayView<T> bias, int length, int row)
        where T : unmanaged, INumber<T>
    {
        var added = T.Zero;
        if (length > 0)
            added = bias[row % length];
        return added;
    }

    /// <summary>One element of adjacent rows' spectra; fewer than a whole register go through scratch.</summary>
    internal static TLanes Take<T, TLanes>(ArrayView<T> from, int at, int lanes, ArrayView<T> scratch, int spare)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        if (lanes == TLanes.Width)
            return Lanes.Load<T, TLanes>(from, at);
        Lanes.Gather(from, at, 1, scratch, spare, lanes);
        return Lanes.Load<T, TLanes>(scratch, spare);
    }

    /// <summary>The way back of <see cref="Take"/>.</summary>
    internal static void Put<T, TLanes>(
        ArrayView<T> to, int at, int lanes, TLanes value, ArrayView<T> scratch, int spare)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        if (lanes == TLanes.Width)
        {
            Lanes.Store(to, at, value);
            return;
        }

        Lanes.Store(scratch, spare, value);
        Lanes.Gather(scratch, spare, 1, to, at, lanes);
    }
}
