using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of transforms of rows, and where a work-item's scratch holds what; in elements.</summary>
internal struct BroadcastRowsArguments
{
    /// <summary>Rows, samples of each, kept bins.</summary>
    public int Rows, Length, Bins;

    /// <summary>Pairs of samples, and where the matrix for differences starts.</summary>
    public int Terms, Odd;

    /// <summary>Length of the bias, which repeats; 0 for none.</summary>
    public int BiasLength;

    /// <summary>
    /// Scratch of a work-item: the pairs of six rows, then the sums of all rows of a group, or their bins, then room
    /// to turn them.
    /// </summary>
    public int SlotLength, SumsAt, SpareAt;
}

/// <summary>
/// Truncated transforms of rows for CPUs. The matrix has the lanes, forward bins and back samples, and each sample,
/// or bin, of six rows is broadcast to them: what is long, the samples, goes from and to memory as it lies and is
/// never transposed. Samples meet half a wave as sums and differences of pairs, see <see cref="FoldedAxis"/>; the
/// matrix is in blocks as high as there are lanes.
/// </summary>
internal sealed class BroadcastRowsKernels : IKernelForms, IWholeRegisters
{
    /// <summary>Blocks of lanes that rows are taken in: together they are whole tiles.</summary>
    internal const int Blocks = 3;

    private const int TileRows = PanelPlan.TileRows;

    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, Lanes16<float>>(), .. Forms<double, Lanes8<double>>()];

    /// <summary>From [rows][length] to [bins][2][rows]; sums lie as [2][block of bins][row][lanes].</summary>
    internal static void Forward<T, TLanes>(
        ArrayView<T> x, ArrayView<T> matrix, ArrayView<T> turns, ArrayView<T> spectrum, ArrayView<T> scratch,
        ArrayView<T> again, BroadcastRowsArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var (sums, spare) = (slot + g.SumsAt, slot + g.SpareAt);
        var size = Blocks * TLanes.Width;
        var block = size * TLanes.Width;
        var half = (g.Bins + TLanes.Width - 1) / TLanes.Width * block;
        var groups = (g.Rows + size - 1) / size;
        for (var group = WorkItem.First(groups); group < WorkItem.End(groups); group++)
        {
            var row = group * size;
            var end = Math.Min(g.Rows, row + size);
            for (var first = row; first < end; first += TileRows)
                for (var start = 0; start < g.Terms; start += SeparateRows.Length)
                {
                    var count = Math.Min(SeparateRows.Length, g.Terms - start);
                    for (var i = 0; i < TileRows; i++)
                        Fold(
                            x, (Math.Min(first + i, g.Rows - 1) * g.Length) + start, g.Length - 1 - (2 * start), count,
                            scratch, slot + (i * SeparateRows.Pitch), slot + ((TileRows + i) * SeparateRows.Pitch));
                    for (var bin = 0; bin < g.Bins; bin += TLanes.Width)
                        for (var part = 0; part < 2; part++)
                        {
                            var at = sums + (part * half) + (bin * size) + ((first - row) * TLanes.Width);
                            var tile = PanelTile<T, TLanes>.Zero;
                            if (start > 0)
                                tile = PanelTile<T, TLanes>.Load(scratch, at);
                            tile = PanelTile<T, TLanes>.Add<SeparateRows>(
                                tile, scratch, slot + (part * TileRows * SeparateRows.Pitch), matrix,
                                (part * g.Odd) + (bin * g.Terms) + (start * TLanes.Width), count);
                            PanelTile<T, TLanes>.Store(scratch, at, TLanes.Width, tile);
                        }
                }

            var square = TLanes.Width * TLanes.Width;
            for (var first = row; first < end; first += TLanes.Width)
            {
                var lanes = Math.Min(TLanes.Width, end - first);
                for (var bin = 0; bin < g.Bins; bin += TLanes.Width)
                {
                    for (var part = 0; part < 2; part++)
                        AdjacentRows.TakeSamples<T, TLanes>(
                            scratch, sums + (part * half) + (bin * size) + ((first - row) * TLanes.Width), TLanes.Width,
                            TLanes.Width, scratch, again, spare + (part * square), spare + (2 * square), TLanes.Width);
                    for (var i = 0; i < Math.Min(TLanes.Width, g.Bins - bin); i++)
                    {
                        var at = spare + (i * TLanes.Width);
                        var re = Lanes.Load<T, TLanes>(scratch, at);
                        var im = Lanes.Load<T, TLanes>(scratch, at + square);
                        var (cos, sin) = (turns[2 * (bin + i)], turns[(2 * (bin + i)) + 1]);
                        var to = (2 * (bin + i) * g.Rows) + first;
                        AdjacentRows.Put(
                            spectrum, to, lanes, TLanes.Subtract(TLanes.Add(TLanes.Zero, cos, re), sin, im), scratch, at);
                        AdjacentRows.Put(
                            spectrum, to + g.Rows, lanes, TLanes.Add(TLanes.Add(TLanes.Zero, cos, im), sin, re), scratch,
                            at);
                    }
                }
            }
        }
    }

    /// <summary>Back, from [bins][2][rows] to [rows][length].</summary>
    internal static void Inverse<T, TLanes>(
        ArrayView<T> spectrum, ArrayView<T> matrix, ArrayView<T> turns, ArrayView<T> y, ArrayView<T> bias,
        ArrayView<T> scratch, BroadcastRowsArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var (bins, spare) = (slot + g.SumsAt, slot + g.SpareAt);
        var size = Blocks * TLanes.Width;
        var half = g.Bins * size;
        var groups = (g.Rows + size - 1) / size;
        var six = SixRows.From(0, TileRows, 1);
        for (var group = WorkItem.First(groups); group < WorkItem.End(groups); group++)
        {
            var row = group * size;
            var end = Math.Min(g.Rows, row + size);
            for (var bin = 0; bin < g.Bins; bin++)
                for (var first = row; first < end; first += TLanes.Width)
                {
                    var lanes = Math.Min(TLanes.Width, end - first);
                    var from = (2 * bin * g.Rows) + first;
                    var a = AdjacentRows.Take<T, TLanes>(spectrum, from, lanes, scratch, spare);
                    var b = AdjacentRows.Take<T, TLanes>(spectrum, from + g.Rows, lanes, scratch, spare);
                    var (cos, sin) = (turns[2 * bin], turns[(2 * bin) + 1]);
                    var to = bins + (bin * size) + first - row;
                    Lanes.Store(scratch, to, TLanes.Subtract(TLanes.Add(TLanes.Zero, cos, a), sin, b));
                    Lanes.Store(scratch, to + half, TLanes.Add(TLanes.Add(TLanes.Zero, cos, b), sin, a));
                }

            for (var first = row; first < end; first += TileRows)
                for (var start = 0; start < g.Terms; start += SeparateRows.Length)
                {
                    var count = Math.Min(SeparateRows.Length, g.Terms - start);
                    for (var term = 0; term < count; term += TLanes.Width)
                        for (var part = 0; part < 2; part++)
                        {
                            var tile = PanelTile<T, TLanes>.Add(
                                PanelTile<T, TLanes>.Zero, scratch, six, bins + (part * half) + first - row, size, matrix,
                                (part * g.Odd) + ((start + term) * g.Bins), TLanes.Width, g.Bins);
                            PanelTile<T, TLanes>.Store(
                                scratch, slot + (part * TileRows * SeparateRows.Pitch) + term, SeparateRows.Pitch, tile);
                        }

                    for (var i = 0; i < Math.Min(TileRows, end - first); i++)
                    {
                        var added = T.Zero;
                        if (g.BiasLength > 0)
                            added = bias[(first + i) % g.BiasLength];
                        Unfold(
                            scratch, slot + (i * SeparateRows.Pitch), slot + ((TileRows + i) * SeparateRows.Pitch), count,
                            added, y, ((first + i) * g.Length) + start, g.Length - 1 - (2 * start));
                    }
                }
        }
    }

    /// <summary>Sums and differences of the samples from one on and those that mirror them.</summary>
    private static void Fold<T>(
        ArrayView<T> x, long from, long mirror, int count, ArrayView<T> scratch, long even, long odd)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0L; i < count; i++)
        {
            var sample = x[from + i];
            var mirrored = x[from + mirror - i];
            scratch[even + i] = sample + mirrored;
            scratch[odd + i] = sample - mirrored;
        }
    }

    /// <summary>Samples from one on, and then those that mirror them, of their even and odd parts.</summary>
    private static void Unfold<T>(
        ArrayView<T> scratch, long even, long odd, int count, T added, ArrayView<T> y, long to, long mirror)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0L; i < count; i++)
            y[to + i] = scratch[even + i] + scratch[odd + i] + added;
        for (var i = 0L; i < count; i++)
            y[to + mirror - i] = scratch[even + i] - scratch[odd + i] + added;
    }

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            BroadcastRowsArguments>)Forward<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            BroadcastRowsArguments>)Inverse<T, TLanes>,
    ];
}
