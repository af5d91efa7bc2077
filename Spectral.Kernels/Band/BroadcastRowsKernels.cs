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
/// matrix is in blocks as high as a panel has lanes. Rows of spectra are sixteen lanes.
/// </summary>
internal sealed class BroadcastRowsKernels : IKernelForms, IWholeRegisters
{
    /// <summary>Rows that are taken together: whole tiles, and whole lanes.</summary>
    internal const int Together = 3 * Lane;

    /// <summary>Rows that are lanes where spectra are read and written.</summary>
    internal const int Lane = 16;

    private const int TileRows = PanelPlan.TileRows, Square = Lane * Lane;

    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, Lanes16<float>>(), .. Forms<float, Lanes32<float>>(), .. Forms<double, Lanes16<double>>(),
        OfInverse<double, Lanes8<double>>(),
    ];

    /// <summary>From [rows][length] to [bins][2][rows]; sums lie as [2][panel of bins][row][bin].</summary>
    internal static void Forward<T, TPanel>(
        ArrayView<T> x, ArrayView<T> matrix, ArrayView<T> turns, ArrayView<T> spectrum, ArrayView<T> scratch,
        ArrayView<T> again, BroadcastRowsArguments g)
        where T : unmanaged, INumber<T>
        where TPanel : unmanaged, ILanes<T, TPanel>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var (sums, spare) = (slot + g.SumsAt, slot + g.SpareAt);
        var half = (g.Bins + TPanel.Width - 1) / TPanel.Width * TPanel.Width * Together;
        var groups = (g.Rows + Together - 1) / Together;
        for (var group = WorkItem.First(groups); group < WorkItem.End(groups); group++)
        {
            var row = group * Together;
            var end = Math.Min(g.Rows, row + Together);
            for (var first = row; first < end; first += TileRows)
                for (var start = 0; start < g.Terms; start += SeparateRows.Length)
                {
                    var count = Math.Min(SeparateRows.Length, g.Terms - start);
                    for (var i = 0; i < TileRows; i++)
                        Fold(
                            x, (Math.Min(first + i, g.Rows - 1) * g.Length) + start, g.Length - 1 - (2 * start), count,
                            scratch, slot + (i * SeparateRows.Pitch), slot + ((TileRows + i) * SeparateRows.Pitch));
                    for (var bin = 0; bin < g.Bins; bin += TPanel.Width)
                        for (var part = 0; part < 2; part++)
                        {
                            var at = sums + (part * half) + (bin * Together) + ((first - row) * TPanel.Width);
                            var tile = PanelTile<T, TPanel>.Zero;
                            if (start > 0)
                                tile = PanelTile<T, TPanel>.Load(scratch, at);
                            tile = PanelTile<T, TPanel>.Add<SeparateRows>(
                                tile, scratch, slot + (part * TileRows * SeparateRows.Pitch), matrix,
                                (part * g.Odd) + (bin * g.Terms) + (start * TPanel.Width), count);
                            PanelTile<T, TPanel>.Store(scratch, at, TPanel.Width, tile);
                        }
                }

            for (var first = row; first < end; first += Lane)
                for (var bin = 0; bin < g.Bins; bin += Lane)
                {
                    var inPanel = bin % TPanel.Width;
                    var from = sums + ((bin - inPanel) * Together) + ((first - row) * TPanel.Width) + inPanel;
                    for (var part = 0; part < 2; part++)
                        AdjacentRows.TakeSamples<T, Lanes16<T>>(
                            scratch, from + (part * half), TPanel.Width, Lane, scratch, again, spare + (part * Square),
                            spare + (2 * Square), Lane);
                    for (var i = 0; i < Math.Min(Lane, g.Bins - bin); i++)
                        Turn(
                            scratch, spare + (i * Lane), turns, 2 * (bin + i), spectrum, (2 * (bin + i) * g.Rows) + first,
                            Math.Min(Lane, end - first), g.Rows);
                }
        }
    }

    /// <summary>Back, from [bins][2][rows] to [rows][length].</summary>
    internal static void Inverse<T, TPanel>(
        ArrayView<T> spectrum, ArrayView<T> matrix, ArrayView<T> turns, ArrayView<T> y, ArrayView<T> bias,
        ArrayView<T> scratch, BroadcastRowsArguments g)
        where T : unmanaged, INumber<T>
        where TPanel : unmanaged, ILanes<T, TPanel>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var (bins, spare) = (slot + g.SumsAt, slot + g.SpareAt);
        var half = g.Bins * Together;
        var groups = (g.Rows + Together - 1) / Together;
        var six = SixRows.From(0, TileRows, 1);
        for (var group = WorkItem.First(groups); group < WorkItem.End(groups); group++)
        {
            var row = group * Together;
            var end = Math.Min(g.Rows, row + Together);
            for (var bin = 0; bin < g.Bins; bin++)
                for (var first = row; first < end; first += Lane)
                {
                    var lanes = Math.Min(Lane, end - first);
                    var from = (2 * bin * g.Rows) + first;
                    var a = AdjacentRows.Take<T, Lanes16<T>>(spectrum, from, lanes, scratch, spare);
                    var b = AdjacentRows.Take<T, Lanes16<T>>(spectrum, from + g.Rows, lanes, scratch, spare);
                    var (cos, sin) = (turns[2 * bin], turns[(2 * bin) + 1]);
                    var to = bins + (bin * Together) + first - row;
                    Lanes.Store(
                        scratch, to, Lanes16<T>.Subtract(Lanes16<T>.Add(Lanes16<T>.Zero, cos, a), sin, b));
                    Lanes.Store(
                        scratch, to + half, Lanes16<T>.Add(Lanes16<T>.Add(Lanes16<T>.Zero, cos, b), sin, a));
                }

            for (var first = row; first < end; first += TileRows)
                for (var start = 0; start < g.Terms; start += SeparateRows.Length)
                {
                    var count = Math.Min(SeparateRows.Length, g.Terms - start);
                    for (var term = 0; term < count; term += TPanel.Width)
                        for (var part = 0; part < 2; part++)
                        {
                            var tile = PanelTile<T, TPanel>.Add(
                                PanelTile<T, TPanel>.Zero, scratch, six, bins + (part * half) + first - row, Together,
                                matrix, (part * g.Odd) + ((start + term) * g.Bins), TPanel.Width, g.Bins);
                            PanelTile<T, TPanel>.Store(
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

    /// <summary>The sums of one bin of some rows, and those for its imaginary part, turned to where they belong.</summary>
    private static void Turn<T>(
        ArrayView<T> scratch, int at, ArrayView<T> turns, int turn, ArrayView<T> spectrum, int to, int lanes, int rows)
        where T : unmanaged, INumber<T>
    {
        var re = Lanes.Load<T, Lanes16<T>>(scratch, at);
        var im = Lanes.Load<T, Lanes16<T>>(scratch, at + Square);
        var (cos, sin) = (turns[turn], turns[turn + 1]);
        AdjacentRows.Put(
            spectrum, to, lanes, Lanes16<T>.Subtract(Lanes16<T>.Add(Lanes16<T>.Zero, cos, re), sin, im), scratch, at);
        AdjacentRows.Put(
            spectrum, to + rows, lanes, Lanes16<T>.Add(Lanes16<T>.Add(Lanes16<T>.Zero, cos, im), sin, re), scratch, at);
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

    private static Delegate[] Forms<T, TPanel>()
        where T : unmanaged, INumber<T>
        where TPanel : unmanaged, ILanes<T, TPanel> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            BroadcastRowsArguments>)Forward<T, TPanel>,
        OfInverse<T, TPanel>(),
    ];

    private static Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
        BroadcastRowsArguments> OfInverse<T, TPanel>()
        where T : unmanaged, INumber<T>
        where TPanel : unmanaged, ILanes<T, TPanel> => Inverse<T, TPanel>;
}
