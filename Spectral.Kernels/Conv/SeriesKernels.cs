using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>Sizes of a convolution of series with few taps.</summary>
internal struct SeriesArguments(ConvShape s)
{
    public int N = s.N, C = s.C, K = s.K, Length = s.W.Length, Q = s.W.Kernel, Outputs = s.W.Output;
    public int Padding = s.W.PadBefore, Dilation = s.W.Dilation;

    /// <summary>
    /// How groups are counted: along what is read or written side by side, then along channels, then series or output
    /// channels.
    /// </summary>
    public int Blocks, Channels;

    /// <summary>1 adds a bias of each output channel.</summary>
    public int Bias;

    /// <summary>Divisions: by those, by the outputs of a channel, by the samples of one that a group holds.</summary>
    public Divisor ByBlocks, ByChannels, ByOutputs = Divisor.Of(s.W.Output), ByReach;

    /// <summary>Samples of a channel that the outputs of a group reach.</summary>
    public int Reach = SeriesKernels.OutputsOfGroup + ((s.W.Kernel - 1) * s.W.Dilation);
}

/// <summary>The gradient of an output, and where the sample that some tap meets there lies.</summary>
internal readonly struct OutputOfSeries<T>(T gradient, int row, int sample) where T : unmanaged, INumber<T>
{
    internal readonly T Gradient = gradient;

    internal readonly int Row = row, Sample = sample;
}

/// <summary>
/// The kernels behind <see cref="ConvOfSeries"/>. With so few taps an output is a handful of products, and what counts is
/// that each pass is one launch which reads and writes its operands once, neighbours by neighbours.
/// </summary>
internal sealed class SeriesKernels : IKernelForms
{
    /// <summary>Products of an output at most.</summary>
    internal const int MostTaps = 32;

    /// <summary>Work-items of a group, there and back.</summary>
    internal const int GroupSize = 256, GroupSizeBack = 512;

    /// <summary>Outputs, and their channels, of a group on the way there: each work-item has half of the channels.</summary>
    internal const int OutputsOfGroup = 1 << LogOutputsOfGroup, ChannelsOfGroup = 1 << LogChannelsOfGroup;

    /// <summary>Samples that a group holds on the way there at most: of all channels, with what the taps reach beyond.</summary>
    internal const int MostSamples = 2048;

    /// <summary>Samples of a group on the way back to the input, whose output channels are dealt to sixteen work-items.</summary>
    internal const int SamplesOfGroup = 1 << LogSamplesOfGroup;

    /// <summary>Taps whose sums a work-item holds.</summary>
    internal const int TapsAtOnce = 8;

    private const int Shares = GroupSizeBack / SamplesOfGroup, LanesOfTap = 1 << LogLanesOfTap;

    private const int LogOutputsOfGroup = 7, LogChannelsOfGroup = 4, LogSamplesOfGroup = 5, LogLanesOfTap = 6;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>y, a group for some outputs of a series and some of their channels.</summary>
    internal static void Forward<T>(
        ArrayView<T> x, ArrayView<T> w, ArrayView<T> bias, ArrayView<T> y, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        var samples = SharedMemory.Allocate<T>(MostSamples);
        var filters = SharedMemory.Allocate<Lanes4<T>>(MostTaps * ChannelsOfGroup / 4);
        var (block, part, n) = PlaceOf(Grid.IdxX, g);
        var (first, firstChannel) = (block * OutputsOfGroup, part * ChannelsOfGroup);

        // The samples that the outputs reach, zeros where there is only padding; filters with channels side by side.
        for (var i = Group.IdxX; i < g.C * g.Reach; i += GroupSize)
        {
            var c = g.ByReach.Quotient(i);
            samples[i] = ZeroPadded.Load(x, ((n * g.C) + c) * g.Length, first + (i - (c * g.Reach)) - g.Padding, g.Length);
        }

        var taps = g.C * g.Q;
        var numbers = filters.Cast<T>();
        for (var i = Group.IdxX; i < taps * ChannelsOfGroup; i += GroupSize)
        {
            var channel = Math.Min(firstChannel + (i & (ChannelsOfGroup - 1)), g.K - 1);
            numbers[i] = w[(channel * taps) + (i >> LogChannelsOfGroup)];
        }

        Group.Barrier();
        var (output, half) = (Group.IdxX & (OutputsOfGroup - 1), Group.IdxX >> LogOutputsOfGroup);
        var (a, b) = (Lanes4<T>.Zero, Lanes4<T>.Zero);
        var tap = 2 * half;
        for (var c = 0; c < g.C; c++)
            for (var q = 0; q < g.Q; q++)
            {
                var sample = samples[(c * g.Reach) + output + (q * g.Dilation)];
                a = Lanes4<T>.Add(a, sample, filters[tap]);
                b = Lanes4<T>.Add(b, sample, filters[tap + 1]);
                tap += ChannelsOfGroup / 4;
            }

        var channelOf = firstChannel + (half * ChannelsOfGroup / 2);
        var target = (((n * g.K) + channelOf) * g.Outputs) + first + output;
        if (first + output < g.Outputs)
        {
            Put(y, target, bias, channelOf, a, g);
            Put(y, target + (4 * g.Outputs), bias, channelOf + 4, b, g);
        }
    }

    /// <summary>
    /// dx, a group for some samples of a channel of a series: each of their work-items adds up a share of the output
    /// channels, and the shares are added in order.
    /// </summary>
    internal static void InputGradient<T>(ArrayView<T> dy, ArrayView<T> w, ArrayView<T> dx, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        var sums = SharedMemory.Allocate<T>(GroupSizeBack);
        var (block, c, n) = PlaceOf(Grid.IdxX, g);
        var (mine, share) = (Group.IdxX & (SamplesOfGroup - 1), Group.IdxX >> LogSamplesOfGroup);
        var sample = (block << LogSamplesOfGroup) + mine;
        var (even, odd) = (T.Zero, T.Zero);
        for (var k = share; k < g.K; k += Shares)
        {
            var (from, filter) = (((n * g.K) + k) * g.Outputs, ((k * g.C) + c) * g.Q);
            var (q, output) = (0, sample + g.Padding);
            for (; q + 3 < g.Q; q += 4)
            {
                // Four on their way at once.
                var (w0, w1, w2, w3) = (w[filter + q], w[filter + q + 1], w[filter + q + 2], w[filter + q + 3]);
                var d0 = ZeroPadded.Load(dy, from, output, g.Outputs);
                var d1 = ZeroPadded.Load(dy, from, output - g.Dilation, g.Outputs);
                var d2 = ZeroPadded.Load(dy, from, output - (2 * g.Dilation), g.Outputs);
                var d3 = ZeroPadded.Load(dy, from, output - (3 * g.Dilation), g.Outputs);
                even += w0 * d0;
                odd += w1 * d1;
                even += w2 * d2;
                odd += w3 * d3;
                output -= 4 * g.Dilation;
            }

            for (; q < g.Q; q++)
            {
                even += w[filter + q] * ZeroPadded.Load(dy, from, output, g.Outputs);
                output -= g.Dilation;
            }
        }

        sums[Group.IdxX] = even + odd;
        Group.Barrier();
        if (share == 0 && sample < g.Length)
        {
            var sum = T.Zero;
            for (var other = 0; other < Shares; other++)
                sum += sums[(other * SamplesOfGroup) + mine];
            dx[(((n * g.C) + c) * g.Length) + sample] = sum;
        }
    }

    /// <summary>
    /// dw, a group for some taps of an output channel: each work-item adds up some outputs of all series, two at a time.
    /// </summary>
    internal static void FilterGradient<T>(ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dw, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        var sums = SharedMemory.Allocate<T>(TapsAtOnce * GroupSizeBack);
        var (block, c, k) = PlaceOf(Grid.IdxX, g);
        var q = block * TapsAtOnce;
        var (a, b) = (Lanes4<T>.Zero, Lanes4<T>.Zero);
        for (var i = Group.IdxX; i < g.N * g.Outputs; i += 2 * GroupSizeBack)
        {
            var one = At(dy, i, c, k, q, g);
            var other = At(dy, i + GroupSizeBack, c, k, q, g);
            var (x0, x1) = (Samples(x, one, 0, g), Samples(x, one, 4, g));
            var (y0, y1) = (Samples(x, other, 0, g), Samples(x, other, 4, g));
            a = Lanes4<T>.Add(a, one.Gradient, x0);
            b = Lanes4<T>.Add(b, one.Gradient, x1);
            a = Lanes4<T>.Add(a, other.Gradient, y0);
            b = Lanes4<T>.Add(b, other.Gradient, y1);
        }

        Put(sums, 0, a);
        Put(sums, 4 * GroupSizeBack, b);
        Group.Barrier();

        // 64 work-items add up those of a tap, eight of them theirs, one of them the rest.
        var (tap, lane) = (Group.IdxX >> LogLanesOfTap, Group.IdxX & (LanesOfTap - 1));
        for (var lanes = LanesOfTap; lanes > 1; lanes >>= 3)
        {
            var sum = SumOfEight(sums, (tap * GroupSizeBack) + lane, lanes);
            Group.Barrier();
            if (lane < lanes)
                sums[(tap * GroupSizeBack) + lane] = sum;
            Group.Barrier();
        }

        if (lane == 0 && q + tap < g.Q)
            dw[(((k * g.C) + c) * g.Q) + q + tap] = SumOfEight(sums, tap * GroupSizeBack, 1);
    }

    /// <summary>The sum of eight elements a distance apart, of as many as there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SumOfEight<T>(ArrayView<T> sums, int at, int distance) where T : unmanaged, INumber<T>
    {
        var sum = T.Zero;
        for (var i = 0; i < 8; i++)
            sum += sums[Math.Min(at + (i * distance), (TapsAtOnce * GroupSizeBack) - 1)];
        return sum;
    }

    /// <summary>Which block, which channel, and which series or output channel a group works on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Block, int Channel, int Outer) PlaceOf(int group, SeriesArguments g)
    {
        // Without divisions, which a compiler might repeat in every loop.
        var rest = g.ByBlocks.Quotient(group);
        var last = g.ByChannels.Quotient(rest);
        return (group - (rest * g.Blocks), rest - (last * g.Channels), last);
    }

    /// <summary>The gradient of output i of a channel, counted over all series, and the sample that tap q meets there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OutputOfSeries<T> At<T>(ArrayView<T> dy, int i, int c, int k, int q, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        var exists = i < g.N * g.Outputs;
        var n = g.ByOutputs.Quotient(Utilities.Select(exists, i, 0));
        var output = Utilities.Select(exists, i, 0) - (n * g.Outputs);
        var gradient = dy[(((n * g.K) + k) * g.Outputs) + output];
        return new(
            Utilities.Select(exists, gradient, T.Zero), ((n * g.C) + c) * g.Length,
            output + (q * g.Dilation) - g.Padding);
    }

    /// <summary>What four taps from one on meet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4<T> Samples<T>(ArrayView<T> x, OutputOfSeries<T> output, int tap, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        var (row, at) = (output.Row, output.Sample + (tap * g.Dilation));
        Lanes4<T> four;
        four.V0 = ZeroPadded.Load(x, row, at, g.Length);
        four.V1 = ZeroPadded.Load(x, row, at + g.Dilation, g.Length);
        four.V2 = ZeroPadded.Load(x, row, at + (2 * g.Dilation), g.Length);
        four.V3 = ZeroPadded.Load(x, row, at + (3 * g.Dilation), g.Length);
        return four;
    }

    /// <summary>Sums of four taps, each tap's beside those of other work-items.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ArrayView<T> sums, int at, Lanes4<T> four) where T : unmanaged, INumber<T>
    {
        sums[at + Group.IdxX] = four.V0;
        sums[at + GroupSizeBack + Group.IdxX] = four.V1;
        sums[at + (2 * GroupSizeBack) + Group.IdxX] = four.V2;
        sums[at + (3 * GroupSizeBack) + Group.IdxX] = four.V3;
    }

    /// <summary>An output of four channels, as far as these exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(
        ArrayView<T> y, int target, ArrayView<T> bias, int channel, Lanes4<T> four, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        Put(y, target, bias, channel, four.V0, g);
        Put(y, target + g.Outputs, bias, channel + 1, four.V1, g);
        Put(y, target + (2 * g.Outputs), bias, channel + 2, four.V2, g);
        Put(y, target + (3 * g.Outputs), bias, channel + 3, four.V3, g);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(
        ArrayView<T> y, int target, ArrayView<T> bias, int channel, T value, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        if (channel < g.K)
            y[target] = g.Bias != 0 ? value + bias[channel] : value;
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments>)Forward,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments>)InputGradient,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments>)FilterGradient,
    ];
}
