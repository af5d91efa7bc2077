using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of transforms of planes, and where a work-item's scratch holds what; in elements.</summary>
internal struct PlaneLanesArguments
{
    public int Planes, Height, Width;

    /// <summary>Kept columns; of each the rows kept, of both signs, and how many frequencies these are.</summary>
    public int Columns, Rows, Bins;

    /// <summary>1 if there is nothing to do along columns: the planes are short enough for one product.</summary>
    public int IsFlat;

    /// <summary>Length of the bias, which repeats; 0 for none.</summary>
    public int BiasLength;

    /// <summary>Scratch of a work-item: the operand of one product, all between the axes, two tiles.</summary>
    public int SlotLength, BetweenAt, TileAt;
}

/// <summary>
/// Truncated transforms of planes for CPUs: a work-item takes as many planes as it has lanes through both axes,
/// so that every product has all its lanes busy, whatever the size of a plane, and nothing between the axes
/// leaves its core's caches. Matrices come in blocks of six rows, as <see cref="TiledMatrix"/>. Along columns the
/// frequencies k and −k share their products: with the sums C = Σ z·cos and S = Σ z·sin over the samples z,
/// they are C − iS and C + iS.
/// </summary>
internal sealed class PlaneLanesKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, Lanes16<float>>(), .. Forms<double, Lanes8<double>>()];

    /// <summary>
    /// From [planes][height][width] to [columns][rows][2][planes]; in between lie [columns][2][height][lanes].
    /// </summary>
    internal static void Forward<T, TLanes>(
        ArrayView<T> x, ArrayView<T> horizontal, ArrayView<T> vertical, ArrayView<T> spectrum,
        ArrayView<T> scratch, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var between = slot + g.BetweenAt;
        var pitch = g.Height * TLanes.Width;
        var blocks = (g.Planes + TLanes.Width - 1) / TLanes.Width;
        var firstBlock = (int)((long)blocks * WorkItem.Index / WorkItem.Count);
        var lastBlock = (int)((long)blocks * (WorkItem.Index + 1) / WorkItem.Count);
        for (var block = firstBlock; block < lastBlock; block++)
        {
            var plane = block * TLanes.Width;
            var lanes = Math.Min(TLanes.Width, g.Planes - plane);
            for (var h = 0; h < g.Height; h++)
            {
                TakeRow<T, TLanes>(x, ((plane * g.Height) + h) * g.Width, scratch, slot, g, lanes);
                for (var row = 0; row < 2 * g.Columns; row += PanelTile<T, TLanes>.Rows)
                {
                    var tile = PanelTile<T, TLanes>.Add<InterleavedRows>(
                        PanelTile<T, TLanes>.Zero, horizontal, row * g.Width, scratch, slot, g.Width);
                    PanelTile<T, TLanes>.Store(
                        scratch, between + (row * pitch) + (h * TLanes.Width), pitch, tile);
                }
            }

            if (g.IsFlat != 0)
            {
                for (var i = 0; i < 2 * g.Columns; i++)
                    Put(
                        spectrum, (i * g.Planes) + plane, lanes,
                        Lanes.Load<T, TLanes>(scratch, between + (i * TLanes.Width)), scratch, slot);
                continue;
            }

            for (var column = 0; column < g.Columns; column++)
                for (var row = 0; row < 2 * g.Bins; row += PanelTile<T, TLanes>.Rows)
                {
                    var real = PanelTile<T, TLanes>.Add<InterleavedRows>(
                        PanelTile<T, TLanes>.Zero, vertical, row * g.Height, scratch,
                        between + (column * 2 * pitch), g.Height);
                    PanelTile<T, TLanes>.Store(scratch, slot + g.TileAt, TLanes.Width, real);
                    var imaginary = PanelTile<T, TLanes>.Add<InterleavedRows>(
                        PanelTile<T, TLanes>.Zero, vertical, row * g.Height, scratch,
                        between + (((column * 2) + 1) * pitch), g.Height);
                    PanelTile<T, TLanes>.Store(
                        scratch, slot + g.TileAt + (PanelTile<T, TLanes>.Rows * TLanes.Width), TLanes.Width,
                        imaginary);
                    for (var k = row / 2; k < Math.Min(g.Bins, (row / 2) + 3); k++)
                        Split<T, TLanes>(
                            scratch, slot + g.TileAt + (((2 * k) - row) * TLanes.Width), spectrum,
                            (column * 2 * g.Rows * g.Planes) + plane, k, g, lanes);
                }
        }
    }

    /// <summary>
    /// Back, from [columns][rows][2][planes] to [planes][height][width]; in between lie
    /// [height][columns][2][lanes].
    /// </summary>
    internal static void Inverse<T, TLanes>(
        ArrayView<T> spectrum, ArrayView<T> vertical, ArrayView<T> horizontal, ArrayView<T> y, ArrayView<T> bias,
        ArrayView<T> scratch, T scale, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var between = slot + g.BetweenAt;
        var pitch = 2 * g.Columns * TLanes.Width;
        var blocks = (g.Planes + TLanes.Width - 1) / TLanes.Width;
        var firstBlock = (int)((long)blocks * WorkItem.Index / WorkItem.Count);
        var lastBlock = (int)((long)blocks * (WorkItem.Index + 1) / WorkItem.Count);
        for (var block = firstBlock; block < lastBlock; block++)
        {
            var plane = block * TLanes.Width;
            var lanes = Math.Min(TLanes.Width, g.Planes - plane);
            if (g.IsFlat != 0)
            {
                for (var i = 0; i < 2 * g.Columns; i++)
                    Lanes.Store(
                        scratch, between + (i * TLanes.Width),
                        Take<T, TLanes>(spectrum, (i * g.Planes) + plane, lanes, scratch, slot));
            }
            else
            {
                Columns<T, TLanes>(spectrum, vertical, scratch, slot, plane, lanes, g);
            }

            for (var h = 0; h < g.Height; h++)
            {
                for (var row = 0; row < g.Width; row += PanelTile<T, TLanes>.Rows)
                {
                    var tile = PanelTile<T, TLanes>.Add<InterleavedRows>(
                        PanelTile<T, TLanes>.Zero, horizontal, row * 2 * g.Columns, scratch,
                        between + (h * pitch), 2 * g.Columns);
                    PanelTile<T, TLanes>.Store(scratch, slot + (row * TLanes.Width), TLanes.Width, tile);
                }

                for (var lane = 0; lane < lanes; lane++)
                {
                    var to = (((plane + lane) * g.Height) + h) * g.Width;
                    var start = T.Zero;
                    if (g.BiasLength > 0)
                        start = bias[(plane + lane) % g.BiasLength];
                    for (var w = 0; w < g.Width; w++)
                        y[to + w] = start + (scale * scratch[slot + (w * TLanes.Width) + lane]);
                }
            }
        }
    }

    /// <summary>The way back along the columns of adjacent planes.</summary>
    private static void Columns<T, TLanes>(
        ArrayView<T> spectrum, ArrayView<T> vertical, ArrayView<T> scratch, int slot, int plane, int lanes,
        PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var between = slot + g.BetweenAt;
        var pitch = 2 * g.Columns * TLanes.Width;
        for (var column = 0; column < g.Columns; column++)
        {
            for (var k = 0; k < g.Bins; k++)
                Join<T, TLanes>(
                    spectrum, (column * 2 * g.Rows * g.Planes) + plane, scratch, slot + (2 * k * TLanes.Width), k,
                    g, lanes);
            for (var part = 0; part < 2; part++)
                for (var row = 0; row < g.Height; row += PanelTile<T, TLanes>.Rows)
                {
                    var tile = PanelTile<T, TLanes>.Add<InterleavedRows>(
                        PanelTile<T, TLanes>.Zero, vertical, row * 2 * g.Bins, scratch,
                        slot + (part * 2 * g.Bins * TLanes.Width), 2 * g.Bins);
                    PanelTile<T, TLanes>.Store(
                        scratch, between + (row * pitch) + (((2 * column) + part) * TLanes.Width), pitch, tile);
                }
        }
    }

    /// <summary>The same row of adjacent planes, as [width][lanes].</summary>
    private static void TakeRow<T, TLanes>(
        ArrayView<T> x, int from, ArrayView<T> scratch, int to, PlaneLanesArguments g, int lanes)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var plane = g.Height * g.Width;
        for (var w = 0; w < g.Width; w++)
        {
            Lanes.Gather(x, from + w, plane, scratch, to, lanes);
            to += TLanes.Width;
        }
    }

    /// <summary>
    /// The rows of +k and −k from two tiles of sums over the real and over the imaginary parts of the samples: the
    /// real part of the wave, then its imaginary one. Frequency 0 is its own opposite, half a circle has none.
    /// </summary>
    private static void Split<T, TLanes>(
        ArrayView<T> scratch, int sums, ArrayView<T> spectrum, int column, int k, PlaneLanesArguments g, int lanes)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var other = sums + (PanelTile<T, TLanes>.Rows * TLanes.Width);
        var reOfReal = Lanes.Load<T, TLanes>(scratch, sums);
        var imOfReal = Lanes.Load<T, TLanes>(scratch, sums + TLanes.Width);
        var reOfImaginary = Lanes.Load<T, TLanes>(scratch, other);
        var imOfImaginary = Lanes.Load<T, TLanes>(scratch, other + TLanes.Width);
        var to = column + (((4 * k) - 2) * g.Planes);
        if (k > 0)
        {
            Put(spectrum, to, lanes, TLanes.Subtract(reOfReal, T.One, imOfImaginary), scratch, sums);
            Put(spectrum, to + g.Planes, lanes, TLanes.Add(imOfReal, T.One, reOfImaginary), scratch, sums);
        }

        if (2 * k < g.Rows)
        {
            Put(spectrum, to + (2 * g.Planes), lanes, TLanes.Add(reOfReal, T.One, imOfImaginary), scratch, sums);
            Put(
                spectrum, to + (3 * g.Planes), lanes, TLanes.Subtract(reOfImaginary, T.One, imOfReal), scratch, sums);
        }
    }

    /// <summary>
    /// What the real and the imaginary parts of the samples are products with: of +k and −k the sum, which goes
    /// with the real part of the wave, and the difference, which goes with its imaginary one.
    /// </summary>
    private static void Join<T, TLanes>(
        ArrayView<T> spectrum, int column, ArrayView<T> scratch, int to, int k, PlaneLanesArguments g, int lanes)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var from = column + (((4 * k) - 2) * g.Planes);
        var (re, im) = (TLanes.Zero, TLanes.Zero);
        var (reOfOpposite, imOfOpposite) = (TLanes.Zero, TLanes.Zero);
        if (k > 0)
        {
            re = Take<T, TLanes>(spectrum, from, lanes, scratch, to);
            im = Take<T, TLanes>(spectrum, from + g.Planes, lanes, scratch, to);
        }

        if (2 * k < g.Rows)
        {
            reOfOpposite = Take<T, TLanes>(spectrum, from + (2 * g.Planes), lanes, scratch, to);
            imOfOpposite = Take<T, TLanes>(spectrum, from + (3 * g.Planes), lanes, scratch, to);
        }

        var other = to + (2 * g.Bins * TLanes.Width);
        Lanes.Store(scratch, to, TLanes.Add(re, T.One, reOfOpposite));
        Lanes.Store(scratch, to + TLanes.Width, TLanes.Subtract(im, T.One, imOfOpposite));
        Lanes.Store(scratch, other, TLanes.Add(im, T.One, imOfOpposite));
        Lanes.Store(scratch, other + TLanes.Width, TLanes.Subtract(reOfOpposite, T.One, re));
    }

    /// <summary>Lanes of adjacent planes; fewer than a whole register go through scratch.</summary>
    private static TLanes Take<T, TLanes>(ArrayView<T> from, int at, int lanes, ArrayView<T> scratch, int spare)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        if (lanes == TLanes.Width)
            return Lanes.Load<T, TLanes>(from, at);
        Lanes.Gather(from, at, 1, scratch, spare, lanes);
        return Lanes.Load<T, TLanes>(scratch, spare);
    }

    /// <summary>The way back of <see cref="Take"/>.</summary>
    private static void Put<T, TLanes>(
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

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, PlaneLanesArguments>)
            Forward<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T,
            PlaneLanesArguments>)Inverse<T, TLanes>,
    ];
}
