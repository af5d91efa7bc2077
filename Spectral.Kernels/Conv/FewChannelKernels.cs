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

    /// <summary>
    /// Outputs, and channels of them, that are copied at a time, or 0; and how far apart channels then lie: no power of
    /// two, so that they do not meet in the same sets of a cache.
    /// </summary>
    public int Chunk, Channels, ChunkPitch;

    /// <summary>1 adds a bias of each output channel.</summary>
    public int Bias;

    /// <summary>Distance of the rows of a padded image, and of planes spread alike, and of images.</summary>
    public int Pitch = s.W.Padded, ImageLength = s.H.Padded * s.W.Padded;

    /// <summary>Images that are taken at a time.</summary>
    public int Together;

    /// <summary>
    /// Samples of a series before a low-pass that the kernel takes it through, or 0 for none; and where scratch holds
    /// its gradient.
    /// </summary>
    public int Samples, SeriesAt;
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
    /// neighbours in the padded series, which is all that is held. A series that is low-passed first is written to
    /// <paramref name="smooth"/> as it then is.
    /// </summary>
    internal static void Forward<T, TLanes>(
        ArrayView<T> x, ArrayView<T> lowPass, ArrayView<T> smooth, ArrayView<T> w, ArrayView<T> bias, ArrayView<T> y,
        ArrayView<T> scratch, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        for (var item = WorkItem.Index; item < g.N * g.Parts; item += WorkItem.Count)
        {
            var n = item / g.Parts;
            var first = (int)((long)g.K * (item % g.Parts) / g.Parts);
            var last = (int)((long)g.K * ((item % g.Parts) + 1) / g.Parts);
            SpreadKernels.Clear(scratch, slot, slot + g.Pitch);
            if (g.Samples == 0)
                SpreadKernels.Copy(x, n * g.W, scratch, slot + g.PadW, g.W);
            else
                LowPass<T, TLanes>(x, n * g.Samples, g.Samples, lowPass, scratch, slot, g.W);
            if (g.Samples > 0 && first == 0)
                SpreadKernels.Copy(scratch, slot, smooth, n * g.W, g.W);
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
    /// then each added to the inputs that the tap read; where these are a low-passed series, back through the low-pass.
    /// </summary>
    internal static void InputGradient<T, TLanes>(
        ArrayView<T> dy, ArrayView<T> w, ArrayView<T> lowPass, ArrayView<T> dx, ArrayView<T> scratch,
        FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var outputs = g.OutH * g.OutW;
        for (var n = WorkItem.Index; n < g.N; n += WorkItem.Count)
        {
            // Of long rows some channels are copied at a time: memory is read in long runs, not a line here and there.
            // Elsewhere the last lanes are moved back to end with the outputs.
            if (g.Chunk == 0)
                Share<T, TLanes>(
                    dy, n * g.K * outputs, outputs, outputs, outputs - (2 * TLanes.Width), 0, g.K, w, scratch, slot, g);
            for (var first = 0; g.Chunk > 0 && first < outputs; first += g.Chunk)
                for (var channel = 0; channel < g.K; channel += g.Channels)
                {
                    var count = Math.Min(g.Chunk, outputs - first);
                    var channels = Math.Min(g.Channels, g.K - channel);
                    for (var k = 0; k < channels; k++)
                        SpreadKernels.Copy(
                            dy, (((n * g.K) + channel + k) * outputs) + first, scratch,
                            slot + g.PlaneAt + (k * g.ChunkPitch), count);
                    Share<T, TLanes>(
                        scratch, slot + g.PlaneAt, g.ChunkPitch, count, count, channel, channels, w, scratch, slot + first,
                        g);
                }

            if (g.Samples == 0)
            {
                Fold(scratch, slot, dx, n * g.C * g.H * g.W, g);
                continue;
            }

            Fold(scratch, slot, scratch, slot + g.SeriesAt, g);
            LowPass<T, TLanes>(scratch, slot + g.SeriesAt, g.W, lowPass, scratch, slot, g.Samples);
            SpreadKernels.Copy(scratch, slot, dx, n * g.Samples, g.Samples);
        }
    }

    /// <summary>
    /// What each tap takes from some outputs of some channels, up to <paramref name="most"/> the first of a block; from
    /// the first channel on.
    /// </summary>
    private static void Share<T, TLanes>(
        ArrayView<T> dy, int from, int stride, int count, int most, int channel, int channels, ArrayView<T> w,
        ArrayView<T> scratch, int to, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var taps = g.C * g.R * g.Q;
        for (var block = 0; block < count; block += 2 * TLanes.Width)
        {
            var o = Math.Min(block, most);
            for (var tap = 0; tap < taps; tap += TapTile<T, TLanes>.Taps)
            {
                var at = to + (tap * g.PlaneLength) + o;
                var tile = TapTile<T, TLanes>.Zero;
                if (channel > 0)
                    tile = TapTile<T, TLanes>.Load(scratch, at, g.PlaneLength);
                tile = TapTile<T, TLanes>.AddOutputs(
                    tile, w, channel * taps, FourTaps.From(tap, taps), taps, dy, from + o, stride, channels);
                TapTile<T, TLanes>.Store(scratch, at, g.PlaneLength, tile);
            }
        }
    }

    /// <summary>
    /// dw, a work-item for some output channels: some images at a time with their padding, and planes of dy whose rows
    /// lie as far apart, so that all outputs are one run and a tap is an offset.
    /// </summary>
    internal static void FilterGradient<T, TLanes>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dw, ArrayView<T> scratch, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var taps = g.C * g.R * g.Q;
        var tileLength = TapTile<T, TLanes>.Taps * 2 * TLanes.Width;
        var blocks = (taps + TapTile<T, TLanes>.Taps - 1) / TapTile<T, TLanes>.Taps;

        // Long series are read where they are, but for their last few outputs.
        var outputs = g.OutH * g.OutW;
        var inPlace = g.Together == 1 && g.OutH == 1 ? g.OutW / TLanes.Width * TLanes.Width : 0;
        for (var part = WorkItem.Index; part < g.Parts; part += WorkItem.Count)
        {
            var first = (int)((long)g.K * part / g.Parts);
            var last = (int)((long)g.K * (part + 1) / g.Parts);
            SpreadKernels.Clear(scratch, slot, slot + g.SlotLength);
            for (var n = 0; n < g.N; n += g.Together)
            {
                var images = Math.Min(g.Together, g.N - n);
                for (var c = 0; c < g.C; c++)
                    Spread(
                        x, ((n * g.C) + c) * g.H * g.W, g.C * g.H * g.W, g.H, g.W, scratch,
                        slot + (c * g.Together * g.ImageLength) + (g.PadH * g.Pitch) + g.PadW, images, g);
                for (var k = first; k < last; k += 2)
                {
                    // The last channel is repeated where they are odd. What is not read in place comes last: after the rest
                    // it is on its way already.
                    var other = Math.Min(k + 1, last - 1);
                    var (a, b) = (slot + g.PlaneAt, slot + g.PlaneAt + g.PlaneLength);
                    var sums = slot + g.SumsAt + ((k - first) / 2 * blocks * tileLength);
                    if (inPlace > 0)
                        AddInputs<T, TLanes>(
                            scratch, sums, slot, dy, ((n * g.K) + k) * outputs, ((n * g.K) + other) * outputs, inPlace, g);
                    var run = Plane<T, TLanes>(dy, n, k, inPlace, scratch, a, images, g);
                    Plane<T, TLanes>(dy, n, other, inPlace, scratch, b, images, g);
                    if (run > 0)
                        AddInputs<T, TLanes>(scratch, sums, slot + inPlace, scratch, a, b, run, g);
                }
            }

            Join<T, TLanes>(scratch, slot + g.SumsAt, dw, first * taps, (last - first) * taps, taps);
        }
    }

    /// <summary>Adds to the sums of all taps what outputs of two channels give with the images in scratch.</summary>
    private static void AddInputs<T, TLanes>(
        ArrayView<T> scratch, int sums, int images, ArrayView<T> dy, int a, int b, int count, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        for (var tap = 0; tap < g.C * g.R * g.Q; tap += TapTile<T, TLanes>.Taps)
        {
            var tile = TapTile<T, TLanes>.AddInputs(
                TapTile<T, TLanes>.Load(scratch, sums, 2 * TLanes.Width), scratch, images, InImages(g, tap), dy, a, b,
                count);
            TapTile<T, TLanes>.Store(scratch, sums, 2 * TLanes.Width, tile);
            sums += TapTile<T, TLanes>.Taps * 2 * TLanes.Width;
        }
    }

    /// <summary>
    /// What is not read in place of a channel of dy, as one run whose length is returned, and zeros where the last lanes
    /// reach beyond it.
    /// </summary>
    private static int Plane<T, TLanes>(
        ArrayView<T> dy, int n, int k, int inPlace, ArrayView<T> scratch, int to, int images, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var outputs = g.OutH * g.OutW;
        var run = ((images - 1) * g.ImageLength) + ((g.OutH - 1) * g.Pitch) + g.OutW - inPlace;
        Spread(
            dy, (((n * g.K) + k) * outputs) + inPlace, g.K * outputs, g.OutH, g.OutW - inPlace, scratch, to, images, g);
        SpreadKernels.Clear(scratch, to + run, to + run + TLanes.Width);
        return run;
    }

    /// <summary>Planes a distance apart to where padded images and their rows lie.</summary>
    private static void Spread<T>(
        ArrayView<T> from, int at, int distance, int rows, int width, ArrayView<T> scratch, int to, int images,
        FewChannelArguments g)
        where T : unmanaged, INumber<T>
    {
        for (var image = 0; image < images; image++)
            for (var row = 0; row < rows; row++)
                SpreadKernels.Copy(
                    from, at + (image * distance) + (row * width), scratch,
                    to + (image * g.ImageLength) + (row * g.Pitch), width);
    }

    /// <summary>
    /// A series times a matrix in blocks of as many of its rows as there are lanes, as <see cref="TiledMatrix"/> lays
    /// them out; writes whole blocks.
    /// </summary>
    private static void LowPass<T, TLanes>(
        ArrayView<T> x, int from, int samples, ArrayView<T> matrix, ArrayView<T> scratch, int to, int results)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        for (var first = 0; first < results; first += TLanes.Width)
        {
            // Two sums, so that no addition waits for the one before.
            var (even, odd) = (TLanes.Zero, TLanes.Zero);
            var at = first * samples;
            for (var i = 0; i < samples; i += 2)
            {
                even = TLanes.Add(even, x[from + i], Lanes.Load<T, TLanes>(matrix, at));
                if (i + 1 < samples)
                    odd = TLanes.Add(odd, x[from + i + 1], Lanes.Load<T, TLanes>(matrix, at + TLanes.Width));
                at += 2 * TLanes.Width;
            }

            Lanes.Store(scratch, to + first, TLanes.Add(even, T.One, odd));
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

    /// <summary>dw = the sums of all lanes.</summary>
    private static void Join<T, TLanes>(
        ArrayView<T> scratch, int sums, ArrayView<T> dw, int to, int count, int taps)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var blocks = (taps + TapTile<T, TLanes>.Taps - 1) / TapTile<T, TLanes>.Taps;
        for (var i = 0; i < count; i++)
        {
            // [pair of channels][block of taps][tap][channel of the pair][lane].
            var (k, tap) = (i / taps, i % taps);
            var at = sums + ((((((k / 2 * blocks * TapTile<T, TLanes>.Taps) + tap) * 2) + (k % 2)) * TLanes.Width));

            // Four sums, so that no addition waits for the one before.
            var (a, b, c, d) = (T.Zero, T.Zero, T.Zero, T.Zero);
            for (var lane = 0; lane < TLanes.Width; lane += 4)
            {
                a += scratch[at + lane];
                b += scratch[at + lane + 1];
                c += scratch[at + lane + 2];
                d += scratch[at + lane + 3];
            }

            dw[to + i] = a + b + (c + d);
        }
    }

    /// <summary>
    /// dx[c][h][w] = Σ over taps of their share of output (h, w) + padding − tap·dilation, where it exists.
    /// </summary>
    private static void Fold<T>(ArrayView<T> shares, int from, ArrayView<T> dx, int to, FewChannelArguments g)
        where T : unmanaged, INumber<T>
    {
        SpreadKernels.Clear(dx, to, to + (g.C * g.H * g.W));
        for (var tap = 0; tap < g.C * g.R * g.Q; tap++)
        {
            var shiftH = (tap / g.Q % g.R * g.DilationH) - g.PadH;
            var shiftW = (tap % g.Q * g.DilationW) - g.PadW;
            var first = Math.Max(0, -shiftW);
            var count = Math.Min(g.OutW, g.W - shiftW) - first;
            var image = to + (tap / g.Q / g.R * g.H * g.W) + shiftW + first;
            for (var row = Math.Max(0, -shiftH); row < Math.Min(g.OutH, g.H - shiftH); row++)
                Accumulate(
                    shares, from + (tap * g.PlaneLength) + (row * g.OutW) + first, dx, image + ((row + shiftH) * g.W),
                    count);
        }
    }

    /// <summary>What four taps add to the place of an output in padded images.</summary>
    private static FourTaps InImages(FewChannelArguments g, int tap)
    {
        var four = FourTaps.From(tap, g.C * g.R * g.Q);
        four.T0 = InImages(four.T0, g);
        four.T1 = InImages(four.T1, g);
        four.T2 = InImages(four.T2, g);
        four.T3 = InImages(four.T3, g);
        return four;
    }

    private static int InImages(int tap, FewChannelArguments g) =>
        (tap / g.Q / g.R * g.Together * g.ImageLength) + (tap / g.Q % g.R * g.DilationH * g.Pitch)
            + (tap % g.Q * g.DilationW);

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

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            FewChannelArguments>)Forward<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FewChannelArguments>)
            InputGradient<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FewChannelArguments>)FilterGradient<T, TLanes>,
    ];
}
