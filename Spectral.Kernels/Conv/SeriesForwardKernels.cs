using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The way there behind <see cref="ConvOfSeries"/>: a group makes some outputs of a series and some of their channels. It
/// holds what they reach of the input, taken through a low-pass where there is one, and their filters; a work-item makes
/// two outputs of eight channels.
/// </summary>
internal sealed class SeriesForwardKernels : IKernelForms
{
    internal const int GroupSize = 256;

    /// <summary>Outputs, and their channels, of a group.</summary>
    internal const int OutputsOfGroup = 2 * Apart, ChannelsOfGroup = 8 * (GroupSize / Apart);

    /// <summary>Samples that a group holds at most: of all channels, with what the taps reach beyond.</summary>
    internal const int MostSamples = 2048;

    /// <summary>Samples that it low-passes at once.</summary>
    internal const int MostDepth = 512;

    /// <summary>From one output of a work-item to the other.</summary>
    private const int Apart = 1 << LogApart;

    /// <summary>Elements that a low-pass takes: a few for each work-item.</summary>
    private const int Scratch = 8 * GroupSize;

    private const int LogApart = 6, LogChannelsOfGroup = 5, QuadsOfTap = ChannelsOfGroup / 4;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>y of x.</summary>
    internal static void Plain<T>(ArrayView<T> x, ArrayView<T> w, ArrayView<T> bias, ArrayView<T> y, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        var samples = SharedMemory.Allocate<T>(MostSamples);
        var filters = SharedMemory.Allocate<Lanes4<T>>(ConvOfSeries.MostTaps * QuadsOfTap);
        var (block, part, n) = g.PlaceOf(Grid.IdxX);
        var (first, reach) = (block * OutputsOfGroup, ReachOf(g.Q));
        var filter = Filter(w, Group.IdxX, part * ChannelsOfGroup, g);
        for (var c = 0; c < g.C; c++)
            for (var i = Group.IdxX; i < reach; i += GroupSize)
                samples[(c * reach) + i] = ZeroPadded.Load(x, ((n * g.C) + c) * g.Length, first + i - g.Padding, g.Length);
        Put(filters, w, filter, part * ChannelsOfGroup, g);
        Convolve(samples, filters, bias, y, first, part * ChannelsOfGroup, n, g);
    }

    /// <summary>y of the low-passed x, which <paramref name="smooth"/> gets too.</summary>
    internal static void LowPassed<T>(
        ArrayView<T> x, ArrayView<T> table, ArrayView<T> smooth, ArrayView<T> w, ArrayView<T> bias, ArrayView<T> y,
        SeriesArguments g, DirichletArguments band)
        where T : unmanaged, INumber<T>
    {
        var samples = SharedMemory.Allocate<T>(MostSamples);
        var filters = SharedMemory.Allocate<Lanes4<T>>(ConvOfSeries.MostTaps * QuadsOfTap);
        var scratch = SharedMemory.Allocate<Lanes4<T>>(Scratch / 4);
        var (block, part, n) = g.PlaceOf(Grid.IdxX);
        var (first, reach) = (block * OutputsOfGroup, ReachOf(g.Q));
        var filter = Filter(w, Group.IdxX, part * ChannelsOfGroup, g);

        // What lies beyond the last block's outputs is its own; of the others', the next block's.
        var mine = block == g.Blocks - 1 ? reach : OutputsOfGroup;
        for (var c = 0; c < g.C; c++)
        {
            var row = (n * g.C) + c;
            DirichletSums.Add(x, row * band.Inputs, table, first, scratch, band);
            for (var i = Group.IdxX; i < reach; i += GroupSize)
            {
                var exists = first + i < g.Length;
                var value = exists ? DirichletSums.Output(scratch, i, band) : T.Zero;
                samples[(c * reach) + i] = value;
                if (part == 0 && i < mine && exists)
                    smooth[(row * g.Length) + first + i] = value;
            }

            Group.Barrier();
        }

        Put(filters, w, filter, part * ChannelsOfGroup, g);
        Convolve(samples, filters, bias, y, first, part * ChannelsOfGroup, n, g);
    }

    /// <summary>Samples that the outputs of a group reach.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ReachOf(int taps) => OutputsOfGroup + taps - 1;

    /// <summary>A tap of a channel: of the filters with channels side by side, number i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Filter<T>(ArrayView<T> w, int i, int firstChannel, SeriesArguments g) where T : unmanaged, INumber<T>
    {
        var (taps, tap) = (g.C * g.Q, i >> LogChannelsOfGroup);
        var channel = Math.Min(firstChannel + (i & (ChannelsOfGroup - 1)), g.K - 1);
        return w[(channel * taps) + Math.Min(tap, taps - 1)];
    }

    /// <summary>Puts the filters where all can read them, of which a work-item's first tap has long been on its way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(
        ArrayView<Lanes4<T>> filters, ArrayView<T> w, T first, int firstChannel, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        var numbers = filters.Cast<T>();
        numbers[Group.IdxX] = first;
        for (var i = Group.IdxX + GroupSize; i < g.C * g.Q * ChannelsOfGroup; i += GroupSize)
            numbers[i] = Filter(w, i, firstChannel, g);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Convolve<T>(
        ArrayView<T> samples, ArrayView<Lanes4<T>> filters, ArrayView<T> bias, ArrayView<T> y, int first,
        int firstChannel, int n, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        var reach = ReachOf(g.Q);
        Group.Barrier();
        var (mine, eight) = (Group.IdxX & (Apart - 1), Group.IdxX >> LogApart);
        var (a0, a1, b0, b1) = (Lanes4<T>.Zero, Lanes4<T>.Zero, Lanes4<T>.Zero, Lanes4<T>.Zero);
        var tap = 2 * eight;
        for (var c = 0; c < g.C; c++)
        {
            var at = (c * reach) + mine;
            for (var q = 0; q < g.Q; q++)
            {
                var (one, other) = (samples[at + q], samples[at + q + Apart]);
                var (low, high) = (filters[tap], filters[tap + 1]);
                a0 = Lanes4<T>.Add(a0, one, low);
                a1 = Lanes4<T>.Add(a1, one, high);
                b0 = Lanes4<T>.Add(b0, other, low);
                b1 = Lanes4<T>.Add(b1, other, high);
                tap += QuadsOfTap;
            }
        }

        var channelOf = firstChannel + (8 * eight);
        Put(y, bias, n, channelOf, first + mine, a0, g);
        Put(y, bias, n, channelOf + 4, first + mine, a1, g);
        Put(y, bias, n, channelOf, first + mine + Apart, b0, g);
        Put(y, bias, n, channelOf + 4, first + mine + Apart, b1, g);
    }

    /// <summary>An output of four channels, as far as there are any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(
        ArrayView<T> y, ArrayView<T> bias, int n, int channel, int output, Lanes4<T> four, SeriesArguments g)
        where T : unmanaged, INumber<T>
    {
        if (output >= g.Outputs)
            return;
        var target = (((n * g.K) + channel) * g.Outputs) + output;
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
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments>)Plain,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments,
            DirichletArguments>)LowPassed,
    ];
}
