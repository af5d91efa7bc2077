using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of transforms of rows, and where a work-item's scratch holds what; in elements.</summary>
internal struct RowLanesArguments
{
    /// <summary>Rows, samples of each, kept bins.</summary>
    public int Rows, Length, Bins;

    /// <summary>Pairs of samples, and where the matrix for differences starts.</summary>
    public int Terms, Odd;

    /// <summary>Length of the bias, which repeats; 0 for none.</summary>
    public int BiasLength;

    /// <summary>Scratch of a work-item: of two blocks the samples, the pairs, the bins, and two tiles.</summary>
    public int SlotLength, PairsAt, BinsAt, TileAt;
}

/// <summary>
/// Truncated transforms of short rows for CPUs: a work-item takes twice as many rows as it has lanes, so that all its
/// operands stay in its core's first cache. Samples meet half a wave as sums and differences of pairs, see
/// <see cref="FoldedAxis"/>.
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
        var (samples, terms, side) = (g.Length * TLanes.Width, g.Terms * TLanes.Width, 2 * TLanes.Width);
        var groups = (g.Rows + (Blocks * TLanes.Width) - 1) / (Blocks * TLanes.Width);
        for (var group = WorkItem.First(groups); group < WorkItem.End(groups); group++)
        {
            var row = group * Blocks * TLanes.Width;
            for (var block = 0; block < Blocks; block++)
            {
                var from = slot + (block * samples);
                AdjacentRows.TakeSamples<T, TLanes>(
                    x, (row + (block * TLanes.Width)) * g.Length, g.Length, g.Length, scratch, again, from, pairs,
                    RowsOf<T, TLanes>(g, row, block));
            }

            for (var block = 0; block < Blocks; block++)
                FoldedLanes.Fold<T, TLanes>(
                    scratch, slot + (block * samples), TLanes.Width, g.Length, g.Terms, 1, pairs + (block * terms),
                    pairs + ((2 + block) * terms), TLanes.Width);
            for (var bin = 0; bin < g.Bins; bin += PairTile<T, TLanes>.Rows)
                for (var part = 0; part < 2; part++)
                {
                    var (sums, from) = (bins + (((2 * bin) + part) * side), pairs + (2 * part * terms));
                    var tile = PairTile<T, TLanes>.Add(
                        PairTile<T, TLanes>.Zero, matrix, (part * g.Odd) + (bin * g.Terms), scratch, from, from + terms,
                        TLanes.Width, g.Terms);
                    PairTile<T, TLanes>.Store(scratch, sums, sums + TLanes.Width, 2 * side, tile);
                }

            for (var i = 0; i < Blocks * g.Bins; i++)
            {
                var (bin, block) = (i / Blocks, i % Blocks);
                var at = bins + (2 * bin * side) + (block * TLanes.Width);
                var re = Lanes.Load<T, TLanes>(scratch, at);
                var im = Lanes.Load<T, TLanes>(scratch, at + side);
                var (cos, sin) = (turns[2 * bin], turns[(2 * bin) + 1]);
                var lanes = RowsOf<T, TLanes>(g, row, block);
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
        var (samples, side) = (g.Length * TLanes.Width, 2 * TLanes.Width);
        var groups = (g.Rows + (Blocks * TLanes.Width) - 1) / (Blocks * TLanes.Width);
        for (var group = WorkItem.First(groups); group < WorkItem.End(groups); group++)
        {
            var row = group * Blocks * TLanes.Width;
            for (var i = 0; i < Blocks * g.Bins; i++)
            {
                var (bin, block) = (i / Blocks, i % Blocks);
                var from = (2 * bin * g.Rows) + row + (block * TLanes.Width);
                var lanes = RowsOf<T, TLanes>(g, row, block);
                var a = AdjacentRows.Take<T, TLanes>(spectrum, from, lanes, scratch, spare);
                var b = AdjacentRows.Take<T, TLanes>(spectrum, from + g.Rows, lanes, scratch, spare);
                var (cos, sin) = (turns[2 * bin], turns[(2 * bin) + 1]);
                var to = bins + (2 * bin * side) + (block * TLanes.Width);
                Lanes.Store(scratch, to, TLanes.Subtract(TLanes.Add(TLanes.Zero, cos, a), sin, b));
                Lanes.Store(scratch, to + side, TLanes.Add(TLanes.Add(TLanes.Zero, cos, b), sin, a));
            }

            for (var term = 0; term < g.Terms; term += PairTile<T, TLanes>.Rows)
            {
                FoldedLanes.Multiply<T, TLanes>(
                    matrix, term * g.Bins, g.Odd, scratch, bins, side, TLanes.Width, 2 * side, g.Bins, slot + g.TileAt);
                FoldedLanes.Unfold<T, TLanes>(
                    scratch, slot + g.TileAt, slot, samples, TLanes.Width, term, g.Terms, g.Length, 1);
            }

            for (var block = 0; block < Blocks; block++)
                AdjacentRows.PutSamples<T, TLanes>(
                    scratch, again, slot + (block * samples), slot + g.PairsAt, y,
                    (row + (block * TLanes.Width)) * g.Length, g.Length, g.Length, bias, g.BiasLength,
                    row + (block * TLanes.Width), RowsOf<T, TLanes>(g, row, block));
        }
    }

    /// <summary>Rows that exist of a block.</summary>
    private static int RowsOf<T, TLanes>(RowLanesArguments g, int row, int block)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        Math.Max(0, Math.Min(TLanes.Width, g.Rows - row - (block * TLanes.Width)));

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
