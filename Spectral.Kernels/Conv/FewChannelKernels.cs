using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of a convolution of few channels, and where a work-item's scratch holds what; in elements.</summary>
internal struct FewChannelArguments(ConvShape s)
{
    public int N = s.N, C = s.C, K = s.K, H = s.Input.H, W = s.Input.W, R = s.Kernel.H, Q = s.Kernel.W;
    public int OutH = s.Output.H, OutW = s.Output.W;
    public int PadH = s.H.PadBefore, PadW = s.W.PadBefore, DilationH = s.H.Dilation, DilationW = s.W.Dilation;

    /// <summary>Parts that the output channels are dealt to.</summary>
    public int Parts;

    /// <summary>Scratch of a work-item; in it planes of the output's gradient, or of a tap's share, and sums.</summary>
    public int SlotLength, PlaneAt, PlaneLength, SumsAt;

    /// <summary>Outputs that are copied at a time, or 0.</summary>
    public int Chunk;

    /// <summary>1 adds a bias of each output channel.</summary>
    public int Bias;

    /// <summary>Rows of a padded image and of a plane spread alike, and their distance.</summary>
    public int SpreadH = s.H.Padded, Pitch = s.W.Padded;
}

/// <summary>
/// Convolutions of few channels, for CPUs. Tiles of gradients whose rows are channels would stay empty; here they
/// are taps. The output and its gradient, by far the largest operands, pass once and are never copied in memory.
/// </summary>
internal sealed class FewChannelKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, Lanes16<float>>(), .. Forms<double, Lanes8<double>>()];

    /// <summary>
    /// y for series of one channel, a work-item for some output channels of a series: the taps of an output are
    /// neighbours in the padded series, which is all that is held.
    /// </summary>
    internal static void Forward<T, TLanes>(
        ArrayView<T> x, ArrayView<T> w, ArrayView<T> bias, ArrayView<T> y, ArrayView<T> scratch, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        for (var item = WorkItem.Index; item < g.N * g.Parts; item += WorkItem.Count)
        {
            var n = item / g.Parts;
            var first = (int)((long)g.K * (item % g.Parts) / g.Parts);
            var last = (int)((long)g.K * ((item % g.Parts) + 1) / g.Parts);
            Clear(scratch, slot, slot + g.Pitch);
            SpreadKernels.Copy(x, n * g.W, scratch, slot + g.PadW, g.W);
            for (var k = first; k < last; k += PanelTile<T, TLanes>.Rows)
            {
                var rows = SixRows.From(k, last, 1);
                for (var block = 0; block < g.OutW; block += TLanes.Width)
                {
                    // The last block is moved back to end with the outputs, the last channel is repeated.
                    var o = Math.Min(block, g.OutW - TLanes.Width);
                    var tile = Biases<T, TLanes>(bias, rows, g.Bias);
                    tile = PanelTile<T, TLanes>.Add(
                        tile, w, SixRows.From(k, last, g.Q), 0, 1, scratch, slot + o, g.DilationW, g.Q);
                    var to = (n * g.K * g.OutW) + o;
                    Lanes.Store(y, to + (rows.R0 * g.OutW), tile.S0);
                    Lanes.Store(y, to + (rows.R1 * g.OutW), tile.S1);
                    Lanes.Store(y, to + (rows.R2 * g.OutW), tile.S2);
                    Lanes.Store(y, to + (rows.R3 * g.OutW), tile.S3);
                    Lanes.Store(y, to + (rows.R4 * g.OutW), tile.S4);
                    Lanes.Store(y, to + (rows.R5 * g.OutW), tile.S5);
                }
            }
        }
    }

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
        var outputs = g.OutH * g.OutW;
        for (var n = WorkItem.Index; n < g.N; n += WorkItem.Count)
        {
            // Of long rows some outputs of all channels are copied at a time: memory is read in runs, not a line here
            // and there. Elsewhere the last lanes are moved back to end with the outputs.
            if (g.Chunk == 0)
                Share<T, TLanes>(
                    dy, n * g.K * outputs, outputs, outputs, outputs - TLanes.Width, w, scratch, slot, g);
            for (var first = 0; g.Chunk > 0 && first < outputs; first += g.Chunk)
            {
                var count = Math.Min(g.Chunk, outputs - first);
                for (var k = 0; k < g.K; k++)
                    SpreadKernels.Copy(
                        dy, (((n * g.K) + k) * outputs) + first, scratch, slot + g.PlaneAt + (k * g.Chunk), count);
                Share<T, TLanes>(scratch, slot + g.PlaneAt, g.Chunk, count, count, w, scratch, slot + first, g);
            }

            Fold(scratch, slot, dx, n * g.C * g.H * g.W, g);
        }
    }

    /// <summary>What each tap takes from some outputs, up to <paramref name="most"/> the first of a block.</summary>
    private static void Share<T, TLanes>(
        ArrayView<T> dy, int from, int stride, int count, int most, ArrayView<T> w, ArrayView<T> scratch, int to,
        FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var taps = g.C * g.R * g.Q;
        for (var block = 0; block < count; block += TLanes.Width)
        {
            var o = Math.Min(block, most);
            for (var tap = 0; tap < taps; tap += PanelTile<T, TLanes>.Rows)
            {
                var tile = PanelTile<T, TLanes>.Add(
                    PanelTile<T, TLanes>.Zero, w, SixRows.From(tap, taps, 1), 0, taps, dy, from + o, stride, g.K);
                PanelTile<T, TLanes>.Store(scratch, to + (tap * g.PlaneLength) + o, g.PlaneLength, tile);
            }
        }
    }

    /// <summary>
    /// dw, a work-item for some output channels: an image with its padding, and planes of dy whose rows lie
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

        // Series are read where they are, but for their last few outputs.
        var inPlace = g.OutH == 1 ? g.OutW / TLanes.Width * TLanes.Width : 0;
        var copied = ((g.OutH - 1) * g.Pitch) + g.OutW - inPlace;
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
                for (var row = 0; row < (last - first) * g.OutH; row++)
                    SpreadKernels.Copy(
                        dy, (((((n * g.K) + first) * g.OutH) + row) * g.OutW) + inPlace, scratch,
                        slot + g.PlaneAt + (row / g.OutH * g.PlaneLength) + (row % g.OutH * g.Pitch), g.OutW - inPlace);
                for (var block = 0; block < blocks; block++)
                {
                    var rows = InImage(g, block * PanelTile<T, TLanes>.Rows);
                    for (var k = 0; k < last - first; k++)
                    {
                        var sums = slot + g.SumsAt + (((k * blocks) + block) * tile);
                        var sum = Sum(
                            PanelTile<T, TLanes>.Load(scratch, sums), scratch, slot, rows, dy,
                            ((n * g.K) + first + k) * g.OutH * g.OutW, inPlace);
                        sum = Sum(
                            sum, scratch, slot + inPlace, rows, scratch, slot + g.PlaneAt + (k * g.PlaneLength),
                            copied);
                        PanelTile<T, TLanes>.Store(scratch, sums, TLanes.Width, sum);
                    }
                }
            }

            Join<T, TLanes>(scratch, slot + g.SumsAt, dw, first * taps, (last - first) * taps, taps);
        }
    }

    private static PanelTile<T, TLanes> Biases<T, TLanes>(ArrayView<T> bias, SixRows rows, int isThere)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var tile = PanelTile<T, TLanes>.Zero;
        if (isThere == 0)
            return tile;
        tile.S0 = TLanes.Fill(bias[rows.R0]);
        tile.S1 = TLanes.Fill(bias[rows.R1]);
        tile.S2 = TLanes.Fill(bias[rows.R2]);
        tile.S3 = TLanes.Fill(bias[rows.R3]);
        tile.S4 = TLanes.Fill(bias[rows.R4]);
        tile.S5 = TLanes.Fill(bias[rows.R5]);
        return tile;
    }

    /// <summary>Adds the products of some outputs with six of their taps' inputs, lane by lane.</summary>
    private static PanelTile<T, TLanes> Sum<T, TLanes>(
        PanelTile<T, TLanes> tile, ArrayView<T> images, int image, SixRows rows, ArrayView<T> planes, int plane,
        int count)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        long i = image, j = plane;
        for (var l = 0; l < count; l += TLanes.Width)
        {
            var d = Lanes.Load<T, TLanes>(planes, j);
            tile.S0 = TLanes.Add(tile.S0, d, Lanes.Load<T, TLanes>(images, i + rows.R0));
            tile.S1 = TLanes.Add(tile.S1, d, Lanes.Load<T, TLanes>(images, i + rows.R1));
            tile.S2 = TLanes.Add(tile.S2, d, Lanes.Load<T, TLanes>(images, i + rows.R2));
            tile.S3 = TLanes.Add(tile.S3, d, Lanes.Load<T, TLanes>(images, i + rows.R3));
            tile.S4 = TLanes.Add(tile.S4, d, Lanes.Load<T, TLanes>(images, i + rows.R4));
            tile.S5 = TLanes.Add(tile.S5, d, Lanes.Load<T, TLanes>(images, i + rows.R5));
            i += TLanes.Width;
            j += TLanes.Width;
        }

        return tile;
    }

    /// <summary>dw = the sums of all lanes.</summary>
    private static void Join<T, TLanes>(
        ArrayView<T> scratch, int sums, ArrayView<T> dw, int to, int count, int taps)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var blocks = (taps + PanelTile<T, TLanes>.Rows - 1) / PanelTile<T, TLanes>.Rows;
        var padded = blocks * PanelTile<T, TLanes>.Rows;
        for (var i = 0; i < count; i++)
        {
            var at = sums + (((i / taps * padded) + (i % taps)) * TLanes.Width);
            var sum = T.Zero;
            for (var lane = 0; lane < TLanes.Width; lane++)
                sum += scratch[at + lane];
            dw[to + i] = sum;
        }
    }

    /// <summary>
    /// dx[c][h][w] = Σ over taps of their share of output (h, w) + padding − tap·dilation, where it exists.
    /// </summary>
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
                    shares, from + (tap * g.PlaneLength) + (row * g.OutW) + first, dx, image + ((row + shiftH) * g.W), count);
        }
    }

    /// <summary>What six taps add to the place of an output in a padded image.</summary>
    private static SixRows InImage(FewChannelArguments g, int tap)
    {
        var rows = SixRows.From(tap, g.C * g.R * g.Q, 1);
        rows.R0 = InImage(rows.R0, g);
        rows.R1 = InImage(rows.R1, g);
        rows.R2 = InImage(rows.R2, g);
        rows.R3 = InImage(rows.R3, g);
        rows.R4 = InImage(rows.R4, g);
        rows.R5 = InImage(rows.R5, g);
        return rows;
    }

    private static int InImage(int tap, FewChannelArguments g) =>
        (((tap / g.Q / g.R * g.SpreadH) + (tap / g.Q % g.R * g.DilationH)) * g.Pitch) + (tap % g.Q * g.DilationW);

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
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FewChannelArguments>)
            Forward<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FewChannelArguments>)InputGradient<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FewChannelArguments>)FilterGradient<T, TLanes>,
    ];
}
