using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Convolutions of few channels, for CPUs. Tiles of gradients whose rows are input channels would stay empty; here they
/// are taps. The output and its gradient, by far the largest operands, are never copied in memory, but planes for the
/// gradient of the filters.
/// </summary>
internal sealed class FewChannelKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, Lanes8<float>>(), .. Forms<float, Lanes16<float>>(),
        .. Forms<double, Lanes4<double>>(), .. Forms<double, Lanes8<double>>(),
    ];

    /// <summary>
    /// y for series of one channel, a work-item for some output channels of a series: the taps of an output are
    /// neighbours in the padded series, which is all that is held. Series that are low-passed first are taken up to four at
    /// a time, and written to <paramref name="smooth"/> as they then are.
    /// </summary>
    internal static void Forward<T, TLanes>(
        ArrayView<T> x, ArrayView<T> toWaves, ArrayView<T> fromWaves, ArrayView<T> smooth, ArrayView<T> w,
        ArrayView<T> bias, ArrayView<T> y, ArrayView<T> scratch, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var groups = (g.N + g.Together - 1) / g.Together;
        for (var item = WorkItem.Index; item < groups * g.Parts; item += WorkItem.Count)
        {
            var n = item / g.Parts * g.Together;
            var series = Math.Min(g.Together, g.N - n);
            var first = (int)((long)g.K * (item % g.Parts) / g.Parts);
            var last = (int)((long)g.K * ((item % g.Parts) + 1) / g.Parts);
            if (g.Samples > 0)
                LowPass<T, TLanes>(x, n * g.Samples, series, g.Samples, toWaves, fromWaves, scratch, slot, g.W, g);
            else
            {
                SpreadKernels.Clear(scratch, slot, slot + g.Pitch);
                SpreadKernels.Copy(x, n * g.W, scratch, slot + g.PadW, g.W);
            }

            Pack(w, first * g.Q, last - first, g.Q, g.Q, 1, scratch, slot + g.WeightsAt);
            for (var i = 0; i < series; i++)
            {
                var from = slot + (i * g.PlaneLength);
                if (g.Samples > 0 && first == 0)
                    SpreadKernels.Copy(scratch, from, smooth, (n + i) * g.W, g.W);
                for (var k = first; k < last; k += FourRows.Count)
                {
                    var channels = FourRows.Moved(FourRows.From(k - first, last - first, 1), first);
                    Rows<T, TLanes>(
                        Biases<T, TLanes>(bias, channels, g.Bias), scratch, slot + g.WeightsAt + ((k - first) * g.Q),
                        scratch, from, g.DilationW, g.Q, y, FourRows.From(k - first, last - first, g.OutW),
                        (((n + i) * g.K) + first) * g.OutW, g.OutW);
                }
            }
        }
    }

    /// <summary>Weights as tiles take them: [block of four rows][step][4], the last row repeated.</summary>
    private static void Pack<T>(
        ArrayView<T> w, int from, int rows, int rowPitch, int steps, int stepPitch, ArrayView<T> scratch, int to)
        where T : unmanaged, INumber<T>
    {
        for (var row = 0; row < rows; row += FourRows.Count)
        {
            var four = FourRows.From(row, rows, rowPitch);
            var at = from;
            for (var step = 0; step < steps; step++)
            {
                scratch[to] = w[at + four.R0];
                scratch[to + 1] = w[at + four.R1];
                scratch[to + 2] = w[at + four.R2];
                scratch[to + 3] = w[at + four.R3];
                at += stepPitch;
                to += FourRows.Count;
            }
        }
    }

    /// <summary>
    /// Four rows of sums over steps, each of four weights and of samples that lie a distance behind those of the step
    /// before: a pair of tiles at a time, then single ones. The last is moved back to end with the row.
    /// </summary>
    private static void Rows<T, TLanes>(
        FourRowTile<T, TLanes> start, ArrayView<T> weights, int firstWeight, ArrayView<T> x, int from, int step, int steps,
        ArrayView<T> y, FourRows rows, int to, int count)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var o = 0;
        for (; o + (4 * TLanes.Width) <= count; o += 4 * TLanes.Width)
        {
            FourRowPair<T, TLanes> pair;
            pair.Low = start;
            pair.High = start;
            pair = FourRowPair<T, TLanes>.AddWeighted(pair, weights, firstWeight, x, from + o, step, steps);
            FourRowTile<T, TLanes>.Store(y, rows, to + o, TLanes.Width, pair.Low);
            FourRowTile<T, TLanes>.Store(y, rows, to + o + (2 * TLanes.Width), TLanes.Width, pair.High);
        }

        var distance = Math.Min(TLanes.Width, count - TLanes.Width);
        for (; o < count; o += 2 * TLanes.Width)
        {
            var at = Math.Min(o, count - TLanes.Width - distance);
            var tile = FourRowTile<T, TLanes>.AddWeighted(
                start, weights, firstWeight, x, from + at, step, distance, steps);
            FourRowTile<T, TLanes>.Store(y, rows, to + at, distance, tile);
        }
    }

    /// <summary>
    /// dx, a work-item for each image, or up to four series: every tap's share of all outputs, Σ_k w[k][tap]·dy[k][o], in scratch,
    /// then each added to the inputs that the tap read; where these are a low-passed series, back through the low-pass.
    /// </summary>
    internal static void InputGradient<T, TLanes>(
        ArrayView<T> dy, ArrayView<T> w, ArrayView<T> toWaves, ArrayView<T> fromWaves, ArrayView<T> dx,
        ArrayView<T> scratch, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var outputs = g.OutH * g.OutW;
        var taps = g.C * g.R * g.Q;
        Pack(w, 0, taps, 1, g.K, taps, scratch, slot + g.WeightsAt);
        var groups = (g.N + g.Together - 1) / g.Together;
        for (var group = WorkItem.Index; group < groups; group += WorkItem.Count)
        {
            var first = group * g.Together;
            var images = Math.Min(g.Together, g.N - first);
            for (var i = 0; i < images; i++)
            {
                for (var tap = 0; tap < taps; tap += FourRows.Count)
                    Rows<T, TLanes>(
                        FourRowTile<T, TLanes>.Zero, scratch, slot + g.WeightsAt + (tap * g.K), dy,
                        (first + i) * g.K * outputs, outputs, g.K, scratch,
                        FourRows.From(0, FourRows.Count, g.PlaneLength), slot + (tap * g.PlaneLength), outputs);
                if (g.Samples > 0)
                    Fold(scratch, slot, scratch, slot + g.SeriesAt + (i * g.W), g);
                else
                    Fold(scratch, slot, dx, (first + i) * g.C * g.H * g.W, g);
            }

            if (g.Samples == 0)
                continue;
            LowPass<T, TLanes>(
                scratch, slot + g.SeriesAt, images, g.W, toWaves, fromWaves, scratch, slot, g.Samples, g);
            for (var i = 0; i < images; i++)
                SpreadKernels.Copy(scratch, slot + (i * g.PlaneLength), dx, (first + i) * g.Samples, g.Samples);
        }
    }

    /// <summary>
    /// dw, a work-item for some output channels: some images at a time with their padding, and, unless these are series,
    /// planes of dy whose rows lie as far apart, so that all outputs are one run and a tap is an offset.
    /// </summary>
    internal static void FilterGradient<T, TLanes>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dw, ArrayView<T> scratch, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var taps = g.C * g.R * g.Q;
        var blocks = (taps + FourRows.Count - 1) / FourRows.Count;

        // Series are read where they are; the last lanes of one are moved back to end with it, and what they take again
        // counts for nothing.
        var outputs = g.OutH * g.OutW;
        var isSeries = g.OutH == 1;
        var rest = isSeries ? g.OutW % TLanes.Width : 0;
        for (var part = WorkItem.Index; part < g.Parts; part += WorkItem.Count)
        {
            var first = (int)((long)g.K * part / g.Parts);
            var last = (int)((long)g.K * (part + 1) / g.Parts);
            SpreadKernels.Clear(scratch, slot, slot + g.SlotLength);
            for (var lane = TLanes.Width - rest; lane < TLanes.Width; lane++)
                scratch[slot + g.PlaneAt + lane] = T.One;
            for (var n = 0; n < g.N; n += g.Together)
            {
                var images = Math.Min(g.Together, g.N - n);
                for (var c = 0; c < g.C; c++)
                    Spread(
                        x, ((n * g.C) + c) * g.H * g.W, g.C * g.H * g.W, g.H, g.W, scratch,
                        slot + (c * g.Together * g.ImageLength) + (g.PadH * g.Pitch) + g.PadW, images, g);
                for (var k = first; k < last; k += FourRows.Count)
                {
                    var sums = slot + g.SumsAt
                        + ((k - first) / FourRows.Count * blocks * FourRowPair<T, TLanes>.Length);
                    var rows = FourRows.Moved(
                        FourRows.From(k - first, last - first, outputs), ((n * g.K) + first) * outputs);
                    if (isSeries)
                    {
                        AddInputs<T, TLanes>(
                            scratch, sums, slot, dy, rows, images, g.OutW - rest, rest, slot + g.PlaneAt, g);
                        continue;
                    }

                    var planes = FourRows.Moved(
                        FourRows.From(0, FourRows.Count, g.PlaneLength), slot + g.PlaneAt);
                    Plane<T, TLanes>(dy, rows.R0, scratch, planes.R0, images, g);
                    Plane<T, TLanes>(dy, rows.R1, scratch, planes.R1, images, g);
                    Plane<T, TLanes>(dy, rows.R2, scratch, planes.R2, images, g);
                    var run = Plane<T, TLanes>(dy, rows.R3, scratch, planes.R3, images, g);
                    AddInputs<T, TLanes>(scratch, sums, slot, scratch, planes, 1, run, 0, 0, g);
                }
            }

            Join<T, TLanes>(scratch, slot + g.SumsAt, dw, first * taps, (last - first) * taps, taps);
        }
    }

    /// <summary>
    /// Adds to the sums of all taps what some outputs of four channels give with the images in scratch, image by image,
    /// and the rest of each by way of weights that are 1 for the last lanes.
    /// </summary>
    private static void AddInputs<T, TLanes>(
        ArrayView<T> scratch, int sums, int from, ArrayView<T> dy, FourRows channels, int images, int count, int rest,
        int weights, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var back = count + rest - TLanes.Width;
        var cursor = default(TapCursor);
        for (var tap = 0; tap < g.C * g.R * g.Q; tap += FourRows.Count)
        {
            // Taps beyond the last are computed too, and never read.
            FourRows taps;
            taps.R0 = cursor.Offset;
            cursor = TapCursor.Next(cursor, g);
            taps.R1 = cursor.Offset;
            cursor = TapCursor.Next(cursor, g);
            taps.R2 = cursor.Offset;
            cursor = TapCursor.Next(cursor, g);
            taps.R3 = cursor.Offset;
            cursor = TapCursor.Next(cursor, g);
            var pair = FourRowPair<T, TLanes>.Load(scratch, sums);
            for (var image = 0; image < images; image++)
            {
                var at = from + (image * g.ImageLength);
                var rows = FourRows.Moved(channels, image * g.K * g.OutW);
                pair = FourRowPair<T, TLanes>.AddProducts(pair, scratch, at, taps, dy, rows, count);
                if (rest > 0)
                    pair = FourRowPair<T, TLanes>.AddProducts(
                        pair, scratch, at + back, taps, dy, FourRows.Moved(rows, back),
                        Lanes.Load<T, TLanes>(scratch, weights));
            }

            FourRowPair<T, TLanes>.Store(scratch, sums, pair);
            sums += FourRowPair<T, TLanes>.Length;
        }
    }

    /// <summary>
    /// A channel of dy of some images, as one run whose length is returned, and zeros where the last lanes reach beyond it.
    /// </summary>
    private static int Plane<T, TLanes>(
        ArrayView<T> dy, int from, ArrayView<T> scratch, int to, int images, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var run = ((images - 1) * g.ImageLength) + ((g.OutH - 1) * g.Pitch) + g.OutW;
        Spread(dy, from, g.K * g.OutH * g.OutW, g.OutH, g.OutW, scratch, to, images, g);
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
    /// Up to four series, [series][samples], through a low-pass by way of its <see cref="LowPassWaves"/>; results lie as far
    /// apart as planes.
    /// </summary>
    private static void LowPass<T, TLanes>(
        ArrayView<T> x, int from, int series, int samples, ArrayView<T> toWaves, ArrayView<T> fromWaves,
        ArrayView<T> scratch, int to, int results, FewChannelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var waves = (WorkItem.Index * g.SlotLength) + g.WavesAt;
        var packed = waves + (FourRows.Count * g.WavesPitch);
        Pack(x, from, series, samples, samples, 1, scratch, packed);
        Rows<T, TLanes>(
            FourRowTile<T, TLanes>.Zero, scratch, packed, toWaves, 0, g.WavesPitch, samples, scratch,
            FourRows.From(0, FourRows.Count, g.WavesPitch), waves, g.WavesPitch);
        Pack(scratch, waves, FourRows.Count, g.WavesPitch, g.Waves, 1, scratch, packed);
        Rows<T, TLanes>(
            FourRowTile<T, TLanes>.Zero, scratch, packed, fromWaves, 0, g.PlaneLength, g.Waves, scratch,
            FourRows.From(0, FourRows.Count, g.PlaneLength), to, Math.Max(results, TLanes.Width));
    }

    private static FourRowTile<T, TLanes> Biases<T, TLanes>(ArrayView<T> bias, FourRows rows, int isThere)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var tile = FourRowTile<T, TLanes>.Zero;
        if (isThere == 0)
            return tile;
        tile.A0 = tile.B0 = TLanes.Fill(bias[rows.R0]);
        tile.A1 = tile.B1 = TLanes.Fill(bias[rows.R1]);
        tile.A2 = tile.B2 = TLanes.Fill(bias[rows.R2]);
        tile.A3 = tile.B3 = TLanes.Fill(bias[rows.R3]);
        return tile;
    }

    /// <summary>dw = the sums of all lanes.</summary>
    private static void Join<T, TLanes>(
        ArrayView<T> scratch, int sums, ArrayView<T> dw, int to, int count, int taps)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var blocks = (taps + FourRows.Count - 1) / FourRows.Count;
        for (var i = 0; i < count; i++)
        {
            // [four channels][block of taps][pair of channels][tap][channel of the pair][lane].
            var (k, tap) = (i / taps, i % taps);
            var pair = ((k / FourRows.Count * blocks) + (tap / FourRows.Count)) * FourRowPair<T, TLanes>.Length;
            var at = sums + pair + (((k % FourRows.Count / 2 * 8) + (tap % FourRows.Count * 2) + (k % 2)) * TLanes.Width);

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
            ArrayView<T>, FewChannelArguments>)Forward<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            FewChannelArguments>)InputGradient<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, FewChannelArguments>)FilterGradient<T, TLanes>,
    ];
}
