using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>What the kernels of the gradient of the input hold of output channels at once.</summary>
internal struct SeriesSlices
{
    /// <summary>Taps with zeros behind them, a multiple of four.</summary>
    public int Taps;

    /// <summary>Elements from one channel's gradients to the next one's.</summary>
    public int Pitch;

    /// <summary>Channels held, and those of them that are read side by side.</summary>
    public int Channels, Rows;

    /// <summary>Divisions.</summary>
    public Divisor ByTaps, ByPitch;

    /// <summary>For filters of a length.</summary>
    internal static SeriesSlices Of(int channels, int taps)
    {
        var padded = GemmPlan.Blocks(taps, 4) * 4;
        var pitch = SeriesInputKernels.SamplesOfGroup + padded;
        return new SeriesSlices
        {
            Taps = padded,
            Pitch = pitch,
            Channels = Math.Min(channels, SeriesInputKernels.Held / (pitch + padded)),
            Rows = SeriesInputKernels.GroupSize / pitch,
            ByTaps = Divisor.Of(padded),
            ByPitch = Divisor.Of(pitch),
        };
    }
}

/// <summary>
/// The gradient of the input behind <see cref="ConvOfSeries"/>: a group makes some samples of a channel of a series. It
/// holds what they met of many output channels and the filters back to front; a work-item makes four samples of a share
/// of the output channels, and the shares are added in order.
/// </summary>
internal sealed class SeriesInputKernels : IKernelForms
{
    internal const int GroupSize = 1 << LogGroupSize;

    /// <summary>Samples of a group.</summary>
    internal const int SamplesOfGroup = 1 << LogSamples;

    /// <summary>Elements that a group holds.</summary>
    internal const int Held = 6144;

    private const int LogGroupSize = 9, LogSamples = 5, LogQuads = LogSamples - 2;

    private const int Quads = 1 << LogQuads, Shares = GroupSize / Quads, Parts = GroupSize / SamplesOfGroup;

    /// <summary>Places in what a group holds, once the sums are made: of their parts, of samples, of a low-pass.</summary>
    private const int PartsAt = 4 * GroupSize, RowAt = PartsAt + GroupSize, TableAt = RowAt + SamplesOfGroup;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>dx of dy.</summary>
    internal static void Plain<T>(
        ArrayView<T> dy, ArrayView<T> w, ArrayView<T> dx, SeriesArguments g, SeriesSlices slices)
        where T : unmanaged, INumber<T>
    {
        var held = SharedMemory.Allocate<Lanes4<T>>(Held / 4);
        var (block, c, n) = g.PlaceOf(Grid.IdxX);
        var first = block * SamplesOfGroup;
        var sum = Sample(held, dy, w, first, c, n, g, slices);
        if (Group.IdxX < SamplesOfGroup && first + Group.IdxX < g.Length)
            dx[(((n * g.C) + c) * g.Length) + first + Group.IdxX] = sum;
    }

    /// <summary>
    /// dx before a low-pass, of series so short that a group has all of their low-passed samples: the adjoint of the
    /// low-pass, a sample by sixteen work-items.
    /// </summary>
    internal static void LowPassed<T>(
        ArrayView<T> dy, ArrayView<T> w, ArrayView<T> table, ArrayView<T> dx, SeriesArguments g, SeriesSlices slices,
        DirichletArguments band)
        where T : unmanaged, INumber<T>
    {
        var held = SharedMemory.Allocate<Lanes4<T>>(Held / 4);
        var numbers = held.Cast<T>();
        var (_, c, n) = g.PlaceOf(Grid.IdxX);

        // On its way while the sums are made.
        var kernel = ZeroPadded.Load(table, 0, Group.IdxX, band.Table);
        var sum = Sample(held, dy, w, 0, c, n, g, slices);
        if (Group.IdxX < SamplesOfGroup)
            numbers[RowAt + Group.IdxX] = sum;
        if (Group.IdxX < 2 * SamplesOfGroup)
            numbers[TableAt + Group.IdxX] = kernel;
        Group.Barrier();

        var (sample, part) = (Group.IdxX & (SamplesOfGroup - 1), Group.IdxX >> LogSamples);
        sum = T.Zero;
        if (sample < band.Outputs)
            for (var i = part; i < band.Inputs; i += Parts)
                sum += numbers[TableAt + sample - i + band.Inputs - 1] * numbers[RowAt + i];
        numbers[PartsAt + Group.IdxX] = sum;
        Group.Barrier();
        if (Group.IdxX < band.Outputs)
            dx[(((n * g.C) + c) * band.Outputs) + Group.IdxX] = SumOfParts(numbers, Group.IdxX);
    }

    /// <summary>The sum of a sample from the first on, in the first work-items.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sample<T>(
        ArrayView<Lanes4<T>> held, ArrayView<T> dy, ArrayView<T> w, int first, int c, int n, SeriesArguments g,
        SeriesSlices s)
        where T : unmanaged, INumber<T>
    {
        var numbers = held.Cast<T>();
        var filters = s.Channels * s.Pitch;
        var (share, quad) = (Group.IdxX >> LogQuads, Group.IdxX & (Quads - 1));
        var sum = Lanes4<T>.Zero;
        for (var k = 0; k < g.K; k += s.Channels)
        {
            var count = Math.Min(s.Channels, g.K - k);
            Fetch(numbers, dy, ((n * g.K) + k) * g.Outputs, count, first + g.Padding - g.Q + 1, g, s);
            for (var i = Group.IdxX; i < count * s.Taps; i += GroupSize)
            {
                var channel = s.ByTaps.Quotient(i);
                numbers[filters + i] = ZeroPadded.Load(
                    w, (((k + channel) * g.C) + c) * g.Q, g.Q - 1 - (i - (channel * s.Taps)), g.Q);
            }

            Group.Barrier();
            for (var channel = share; channel < count; channel += Shares)
            {
                var (at, tap) = ((channel * s.Pitch / 4) + quad, (filters + (channel * s.Taps)) / 4);
                var low = held[at];
                for (var end = at + (s.Taps / 4); at < end; at++)
                {
                    var high = held[at + 1];
                    sum = Correlation.Add(sum, held[tap], low, high);
                    low = high;
                    tap++;
                }
            }

            Group.Barrier();
        }

        // A sample's shares lie a row apart; sixteen work-items add four of them each, one of them the rest.
        held[Group.IdxX] = sum;
        Group.Barrier();
        var (sample, part) = (Group.IdxX & (SamplesOfGroup - 1), Group.IdxX >> LogSamples);
        var of = (part * (Shares / Parts) * SamplesOfGroup) + sample;
        numbers[PartsAt + Group.IdxX] = numbers[of] + numbers[of + SamplesOfGroup]
            + numbers[of + (2 * SamplesOfGroup)] + numbers[of + (3 * SamplesOfGroup)];
        Group.Barrier();
        return SumOfParts(numbers, sample);
    }

    /// <summary>
    /// Gradients of some channels from an output on, a row a channel, zeros where there are none; eight rows on their way
    /// at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<T>(
        ArrayView<T> numbers, ArrayView<T> dy, int start, int count, int first, SeriesArguments g, SeriesSlices s)
        where T : unmanaged, INumber<T>
    {
        var row = s.ByPitch.Quotient(Group.IdxX);
        var column = Group.IdxX - (row * s.Pitch);
        var output = first + column;
        if (row >= s.Rows)
            return;
        for (; row < count; row += 8 * s.Rows)
        {
            var four = Four(dy, start, row, count, output, g, s);
            var next = Four(dy, start, row + (4 * s.Rows), count, output, g, s);
            Put(numbers, row, column, count, four, s);
            Put(numbers, row + (4 * s.Rows), column, count, next, s);
        }
    }

    /// <summary>An output's gradient in four channels, the last one's where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4<T> Four<T>(
        ArrayView<T> dy, int start, int row, int count, int output, SeriesArguments g, SeriesSlices s)
        where T : unmanaged, INumber<T>
    {
        Lanes4<T> four;
        four.V0 = ZeroPadded.Load(dy, start + (Math.Min(row, count - 1) * g.Outputs), output, g.Outputs);
        four.V1 = ZeroPadded.Load(dy, start + (Math.Min(row + s.Rows, count - 1) * g.Outputs), output, g.Outputs);
        four.V2 = ZeroPadded.Load(dy, start + (Math.Min(row + (2 * s.Rows), count - 1) * g.Outputs), output, g.Outputs);
        four.V3 = ZeroPadded.Load(dy, start + (Math.Min(row + (3 * s.Rows), count - 1) * g.Outputs), output, g.Outputs);
        return four;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ArrayView<T> numbers, int row, int column, int count, Lanes4<T> four, SeriesSlices s)
        where T : unmanaged, INumber<T>
    {
        Put(numbers, row, column, count, four.V0, s);
        Put(numbers, row + s.Rows, column, count, four.V1, s);
        Put(numbers, row + (2 * s.Rows), column, count, four.V2, s);
        Put(numbers, row + (3 * s.Rows), column, count, four.V3, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ArrayView<T> numbers, int row, int column, int count, T value, SeriesSlices s)
        where T : unmanaged, INumber<T>
    {
        if (row < count)
            numbers[(row * s.Pitch) + column] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SumOfParts<T>(ArrayView<T> numbers, int sample) where T : unmanaged, INumber<T>
    {
        var sum = T.Zero;
        for (var part = 0; part < Parts; part++)
            sum += numbers[PartsAt + (part * SamplesOfGroup) + sample];
        return sum;
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments, SeriesSlices>)Plain,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments, SeriesSlices,
            DirichletArguments>)LowPassed,
    ];
}
