using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of a convolution of few channels, and where a work-item's scratch holds what; in elements.</summary>
internal struct FewChannelArguments(ConvShape s)
{
    public int N = s.N, C = s.C, K = s.K, H = s.Input.H, W = s.Input.W, R = s.Kernel.H, Q = s.Kernel.W;
    public int OutH = s.Output.H, OutW = s.Output.W;
    public int PadH = s.H.PadBefore, PadW = s.W.PadBefore, DilationH = s.H.Dilation, DilationW = s.W.Dilation;

    /// <summary>Parts that the output channels are dealt to, and the most channels of one.</summary>
    public int Parts, PartLength;

    /// <summary>Scratch of a work-item; in it a plane of the output's gradient, and sums.</summary>
    public int SlotLength, PlaneAt, SumsAt;

    /// <summary>Rows of a padded image and of a plane spread alike, and their distance.</summary>
    public int SpreadH = s.H.Padded, Pitch = s.W.Padded;
}

/// <summary>
/// Gradients of convolutions of few channels, for CPUs. Tiles whose rows are channels would stay empty; here
/// they are taps. The output's gradient, by far the largest operand, is read once and never copied to memory.
/// </summary>
internal sealed class FewChannelKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float, Lanes16<float>>(), .. Forms<double, Lanes8<double>>()];

    /// <summary>
    /// dx, a work-item for each image: every tap's share of all outputs, Σ_k w[k][tap]·dy[k][o], in scratch,
    /// then each added to the inputs that the tap read.
    /// </summary>
    internal static void InputGradient<T, TLanes>(
        ArrayView<T> dy, ArrayView<T> w, ArrayView<T> dx, ArrayView<T> scratch, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var (taps, outputs) = (g.C * g.R * g.Q, g.OutH * g.OutW);
        for (var n = WorkItem.Index; n < g.N; n += WorkItem.Count)
        {
            for (var block = 0; block < outputs; block += TLanes.Width)
            {
                // The last block is moved back to end with the outputs.
                var o = Math.Min(block, outputs - TLanes.Width);
                for (var tap = 0; tap < taps; tap += PanelTile<T, TLanes>.Rows)
                {
                    var rows = TapRows.From(tap, taps);
                    var tile = PanelTile<T, TLanes>.Zero;
                    long i = 0, j = (n * g.K * outputs) + o;
                    for (var k = 0; k < g.K; k++)
                    {
                        var d = Lanes.Load<T, TLanes>(dy, j);
                        tile.S0 = TLanes.Add(tile.S0, w[i + rows.R0], d);
                        tile.S1 = TLanes.Add(tile.S1, w[i + rows.R1], d);
                        tile.S2 = TLanes.Add(tile.S2, w[i + rows.R2], d);
                        tile.S3 = TLanes.Add(tile.S3, w[i + rows.R3], d);
                        tile.S4 = TLanes.Add(tile.S4, w[i + rows.R4], d);
                        tile.S5 = TLanes.Add(tile.S5, w[i + rows.R5], d);
                        i += taps;
                        j += outputs;
                    }

                    PanelTile<T, TLanes>.Store(scratch, slot + (tap * outputs) + o, outputs, tile);
                }
            }

            Fold(scratch, slot, dx, n * g.C * g.H * g.W, g);
        }
    }

    /// <summary>
    /// dw, a work-item for some output channels: an image with its padding, and a plane of dy whose rows lie
    /// as far apart, so that all outputs are one run and a tap is an offset.
    /// </summary>
    internal static void FilterGradient<T, TLanes>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dw, ArrayView<T> scratch, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var taps = g.C * g.R * g.Q;
        var tile = PanelTile<T, TLanes>.Rows * TLanes.Width;
        var blocks = (taps + PanelTile<T, TLanes>.Rows - 1) / PanelTile<T, TLanes>.Rows;
        var run = (((g.OutH - 1) * g.Pitch) + g.OutW + TLanes.Width - 1) / TLanes.Width;
        for (var part = WorkItem.Index; part < g.Parts; part += WorkItem.Count)
        {
            var first = (int)((long)g.K * part / g.Parts);
            var last = (int)((long)g.K * (part + 1) / g.Parts);
            Clear(scratch, slot, slot + g.SumsAt + ((last - first) * blocks * tile));
            for (var n = 0; n < g.N; n++)
            {
                for (var row = 0; row < g.C * g.H; row++)
                    SpreadKernels.Copy(
                        x, ((n * g.C * g.H) + row) * g.W, scratch,
                        slot + (((row / g.H * g.SpreadH) + g.PadH + (row % g.H)) * g.Pitch) + g.PadW, g.W);
                for (var k = first; k < last; k++)
                {
                    var plane = slot + g.PlaneAt;
                    for (var row = 0; row < g.OutH; row++)
                        SpreadKernels.Copy(
                            dy, ((((n * g.K) + k) * g.OutH) + row) * g.OutW, scratch, plane + (row * g.Pitch), g.OutW);
                    var sums = slot + g.SumsAt + ((k - first) * blocks * tile);
                    for (var tap = 0; tap < taps; tap += PanelTile<T, TLanes>.Rows)
                    {
                        Sum<T, TLanes>(scratch, slot, plane, sums, run, TapRows.In(g, tap));
                        sums += tile;
                    }
                }
            }

            Join<T, TLanes>(scratch, slot + g.SumsAt, dw, first * taps, (last - first) * taps, taps);
        }
    }

    /// <summary>Adds the products of a plane with six of its taps' inputs, lane by lane.</summary>
    private static void Sum<T, TLanes>(
        ArrayView<T> scratch, int image, int plane, int sums, int run, TapRows rows)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var tile = PanelTile<T, TLanes>.Load(scratch, sums);
        long i = image, j = plane;
        for (var l = 0; l < run; l++)
        {
            var d = Lanes.Load<T, TLanes>(scratch, j);
            tile.S0 = TLanes.Add(tile.S0, d, Lanes.Load<T, TLanes>(scratch, i + rows.R0));
            tile.S1 = TLanes.Add(tile.S1, d, Lanes.Load<T, TLanes>(scratch, i + rows.R1));
            tile.S2 = TLanes.Add(tile.S2, d, Lanes.Load<T, TLanes>(scratch, i + rows.R2));
            tile.S3 = TLanes.Add(tile.S3, d, Lanes.Load<T, TLanes>(scratch, i + rows.R3));
            tile.S4 = TLanes.Add(tile.S4, d, Lanes.Load<T, TLanes>(scratch, i + rows.R4));
            tile.S5 = TLanes.Add(tile.S5, d, Lanes.Load<T, TLanes>(scratch, i + rows.R5));
            i += TLanes.Width;
            j += TLanes.Width;
        }

        PanelTile<T, TLanes>.Store(scratch, sums, TLanes.Width, tile);
    }

    /// <summary>dw = the sums of all lanes.</summary>
    private static void Join<T, TLanes>(
        ArrayView<T> scratch, int sums, ArrayView<T> dw, int to, int count, int taps)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var padded = (taps + PanelTile<T, TLanes>.Rows - 1) / PanelTile<T, TLanes>.Rows * PanelTile<T, TLanes>.Rows;
        for (var i = 0; i < count; i++)
        {
            var at = sums + (((i / taps * padded) + (i % taps)) * TLanes.Width);
            var sum = T.Zero;
            for (var lane = 0; lane < TLanes.Width; lane++)
                sum += scratch[at + lane];
            dw[to + i] = sum;
        }
    }

    /// <summary>dx[c][h][w] = Σ over taps of their share of output (h, w) + padding − tap·dilation, where it exists.</summary>
    private static void Fold<T>(ArrayView<T> shares, int from, ArrayView<T> dx, int to, FewChannelArguments g)
        where T : unmanaged, INumber<T>
    {
        Clear(dx, to, to + (g.C * g.H * g.W));
        for (var tap = 0; tap < g.C * g.R * g.Q; tap++)
        {
            var shiftH = (tap / g.Q % g.R * g.DilationH) - g.PadH;
            var shiftW = (tap % g.Q * g.DilationW) - g.PadW;
            var first = Math.Max(0, -shiftW);
            var count = Math.Min(g.OutW, g.W - shiftW) - first;
            var image = to + (tap / g.Q / g.R * g.H * g.W) + shiftW + first;
            for (var row = Math.Max(0, -shiftH); row < Math.Min(g.OutH, g.H - shiftH); row++)
                Accumulate(
                    shares, from + (((tap * g.OutH) + row) * g.OutW) + first, dx, image + ((row + shiftH) * g.W), count);
        }
    }

    private static void Accumulate<T>(ArrayView<T> from, int i, ArrayView<T> to, int j, int count)
        where T : unmanaged, INumber<T>
    {
        var done = 0;
        for (; done + 8 <= count; done += 8)
            Lanes.Store(
                to, j + done,
                Lanes8<T>.Add(Lanes.Load<T, Lanes8<T>>(to, j + done), T.One, Lanes.Load<T, Lanes8<T>>(from, i + done)));
        for (; done < count; done++)
            to[j + done] += from[i + done];
    }

    private static void Clear<T>(ArrayView<T> view, int from, int to) where T : unmanaged, INumber<T>
    {
        for (var i = from; i < to; i++)
            view[i] = T.Zero;
    }

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FewChannelArguments>)InputGradient<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FewChannelArguments>)FilterGradient<T, TLanes>,
    ];
}

/// <summary>Where six taps lie, the last of all repeated.</summary>
internal struct TapRows
{
    public int R0, R1, R2, R3, R4, R5;

    /// <summary>In the filters, which hold them next to each other.</summary>
    internal static TapRows From(int first, int taps)
    {
        TapRows rows;
        rows.R0 = first;
        rows.R1 = Math.Min(first + 1, taps - 1);
        rows.R2 = Math.Min(first + 2, taps - 1);
        rows.R3 = Math.Min(first + 3, taps - 1);
        rows.R4 = Math.Min(first + 4, taps - 1);
        rows.R5 = Math.Min(first + 5, taps - 1);
        return rows;
    }

    /// <summary>In a padded image: what each adds to the place of an output.</summary>
    internal static TapRows In(FewChannelArguments g, int first)
    {
        TapRows rows = From(first, g.C * g.R * g.Q);
        rows.R0 = Offset(g, rows.R0);
        rows.R1 = Offset(g, rows.R1);
        rows.R2 = Offset(g, rows.R2);
        rows.R3 = Offset(g, rows.R3);
        rows.R4 = Offset(g, rows.R4);
        rows.R5 = Offset(g, rows.R5);
        return rows;
    }

    private static int Offset(FewChannelArguments g, int tap) =>
        (((tap / g.Q / g.R * g.SpreadH) + (tap / g.Q % g.R * g.DilationH)) * g.Pitch) + (tap % g.Q * g.DilationW);
}
