using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of transforms of rows, and where a work-item's scratch holds what; in elements.</summary>
internal struct RowLanesArguments
{
    /// <summary>Rows, samples of each, kept bins.</summary>
    public int Rows, Length, Bins;

    /// <summary>Pairs of samples, how many are held at a time, and where the matrix for differences starts.</summary>
    public int Terms, HeldTerms, Odd;

    /// <summary>Ends of a row that are moved as one: both of rows that are held whole, without a gap, else 1.</summary>
    public int Ends;

    /// <summary>Length of the bias, which repeats; 0 for none.</summary>
    public int BiasLength;

    /// <summary>
    /// Scratch of a work-item: of two blocks the samples held and then those that mirror them, the pairs, the bins,
    /// two tiles.
    /// </summary>
    public int SlotLength, PairsAt, BinsAt, TileAt;
}

/// <summary>
/// Truncated transforms of rows for CPUs: a work-item takes twice as many rows as it has lanes, a stretch from
/// either end at a time, so that whatever the length all its operands stay in its core's first cache. Samples meet
/// half a wave as sums and differences of pairs, see <see cref="FoldedAxis"/>.
/// </summary>
internal sealed class RowLanesKernels : IKernelForms, IWholeRegisters
{
    private const int Blocks = 2;

    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, Lanes16<float>>(), .. Forms<double, Lanes8<double>>()];

    /// <summary>From [rows][length] to [bins][2][rows]; sums lie as [bin][2][block][lanes].</summary>
    internal static void Forward<T, TLanes>(
        ArrayView<T> x, ArrayView<T> matrix, ArrayView<T> turns, ArrayView<T> spectrum, ArrayView<T> scratch,
        ArrayView<T> again, RowLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var (pairs, bins) = (slot + g.PairsAt, slot + g.BinsAt);
        var (held, side) = (g.HeldTerms * TLanes.Width, 2 * TLanes.Width);
        var groups = (g.Rows + (Blocks * TLanes.Width) - 1) / (Blocks * TLanes.Width);
        for (var group = WorkItem.First(groups); group < WorkItem.End(groups); group++)
        {
            var row = group * Blocks * TLanes.Width;
            for (var first = 0; first < g.Terms; first += g.HeldTerms)
            {
                var count = Math.Min(g.HeldTerms, g.Terms - first);
                for (var end = 0; end < 2 * Blocks; end += g.Ends)
                    AdjacentRows.TakeSamples<T, TLanes>(
                        x, EndAt<T, TLanes>(g, row, first, count, end), g.Length, SamplesOfEnd(g, count), scratch, again,
                        slot + (end * held), pairs, RowsOf<T, TLanes>(g, row, end));
                for (var block = 0; block < Blocks; block++)
                    FoldedLanes.Fold<T, TLanes>(
                        scratch, slot + (2 * block * held), TLanes.Width, HeldLength(g, count), count, 1,
                        pairs + (block * held), pairs + ((2 + block) * held), TLanes.Width);
                for (var bin = 0; bin < g.Bins; bin += PairTile<T, TLanes>.Rows)
                    for (var part = 0; part < 2; part++)
                    {
                        var sums = bins + (((2 * bin) + part) * side);
                        var tile = PairTile<T, TLanes>.Zero;
                        if (first > 0)
                            tile = PairTile<T, TLanes>.Load(scratch, sums, sums + TLanes.Width, 2 * side);
                        var from = pairs + (2 * part * held);
                        tile = PairTile<T, TLanes>.Add(
                            tile, matrix, (part * g.Odd) + (bin * g.Terms) + (first * PairTile<T, TLanes>.Rows), scratch,
                            from, from + held, TLanes.Width, count);
                        PairTile<T, TLanes>.Store(scratch, sums, sums + TLanes.Width, 2 * side, tile);
                    }
            }

            for (var i = 0; i < Blocks * g.Bins; i++)
            {
                var (bin, block) = (i / Blocks, i % Blocks);
                var at = bins + (2 * bin * side) + (block * TLanes.Width);
                var re = Lanes.Load<T, TLanes>(scratch, at);
                var im = Lanes.Load<T, TLanes>(scratch, at + side);
                var (cos, sin) = (turns[2 * bin], turns[(2 * bin) + 1]);
                var lanes = RowsOf<T, TLanes>(g, row, 2 * block);
                var to = (2 * bin * g.Rows) + row + (block * TLanes.Width);
                AdjacentRows.Put(
                    spectrum, to, lanes, TLanes.Subtract(TLanes.Add(TLanes.Zero, cos, re), sin, im), scratch, at);
                AdjacentRows.Put(
                    spectrum, to + g.Rows, lanes, TLanes.Add(TLanes.Add(TLanes.Zero, cos, im), sin, re), scratch, at);
            }
        }
    }

    /// <summary>Back, from [bins][2][rows] to [rows][length].</summary>
    internal static void Inverse<T, TLanes>(
        ArrayView<T> spectrum, ArrayView<T> matrix, ArrayView<T> turns, ArrayView<T> y, ArrayView<T> bias,
        ArrayView<T> scratch, ArrayView<T> again, RowLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var (bins, spare) = (slot + g.BinsAt, slot + g.TileAt);
        var (held, side) = (g.HeldTerms * TLanes.Width, 2 * TLanes.Width);
        var groups = (g.Rows + (Blocks * TLanes.Width) - 1) / (Blocks * TLanes.Width);
        for (var group = WorkItem.First(groups); group < WorkItem.End(groups); group++)
        {
            var row = group * Blocks * TLanes.Width;
            for (var i = 0; i < Blocks * g.Bins; i++)
            {
                var (bin, block) = (i / Blocks, i % Blocks);
                var from = (2 * bin * g.Rows) + row + (block * TLanes.Width);
                var lanes = RowsOf<T, TLanes>(g, row, 2 * block);
                var a = AdjacentRows.Take<T, TLanes>(spectrum, from, lanes, scratch, spare);
                var b = AdjacentRows.Take<T, TLanes>(spectrum, from + g.Rows, lanes, scratch, spare);
                var (cos, sin) = (turns[2 * bin], turns[(2 * bin) + 1]);
                var to = bins + (2 * bin * side) + (block * TLanes.Width);
                Lanes.Store(scratch, to, TLanes.Subtract(TLanes.Add(TLanes.Zero, cos, a), sin, b));
                Lanes.Store(scratch, to + side, TLanes.Add(TLanes.Add(TLanes.Zero, cos, b), sin, a));
            }

            for (var first = 0; first < g.Terms; first += g.HeldTerms)
            {
                var count = Math.Min(g.HeldTerms, g.Terms - first);
                for (var term = 0; term < count; term += PairTile<T, TLanes>.Rows)
                {
                    FoldedLanes.Multiply<T, TLanes>(
                        matrix, (first + term) * g.Bins, g.Odd, scratch, bins, side, TLanes.Width, 2 * side, g.Bins,
                        slot + g.TileAt);
                    FoldedLanes.Unfold<T, TLanes>(
                        scratch, slot + g.TileAt, slot, 2 * held, TLanes.Width, term, count, HeldLength(g, count), 1);
                }

                for (var end = 0; end < 2 * Blocks; end += g.Ends)
                    AdjacentRows.PutSamples<T, TLanes>(
                        scratch, again, slot + (end * held), slot + g.PairsAt, y,
                        EndAt<T, TLanes>(g, row, first, count, end), g.Length, SamplesOfEnd(g, count), bias,
                        g.BiasLength, row + (end / 2 * TLanes.Width), RowsOf<T, TLanes>(g, row, end));
            }
        }
    }

    /// <summary>
    /// Where a stretch starts in the first row of a block: from the front of the rows, and for odd numbers the one
    /// that mirrors it.
    /// </summary>
    private static int EndAt<T, TLanes>(RowLanesArguments g, int row, int first, int count, int end)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        ((row + (end / 2 * TLanes.Width)) * g.Length)
            + (first * (1 - (end % 2))) + ((g.Length - first - count) * (end % 2));

    /// <summary>Samples that are moved from an end: all, where both are one.</summary>
    private static int SamplesOfEnd(RowLanesArguments g, int count) =>
        g.Ends == 1 ? count : g.Length;

    /// <summary>From the first sample held of a block to behind the one that mirrors it.</summary>
    private static int HeldLength(RowLanesArguments g, int count) =>
        g.Ends == 1 ? g.HeldTerms + count : g.Length;

    /// <summary>Rows that exist of the block that an end is of.</summary>
    private static int RowsOf<T, TLanes>(RowLanesArguments g, int row, int end)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        Math.Max(0, Math.Min(TLanes.Width, g.Rows - row - (end / 2 * TLanes.Width)));

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            RowLanesArguments>)Forward<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            RowLanesArguments>)Inverse<T, TLanes>,
    ];
}
