using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>
/// The gradient of the input behind <see cref="ConvOfSeries"/>: a group makes some samples of a channel of a series. It
/// holds what they met of many output channels and the filters back to front; a work-item makes four samples of a share
/// of the output channels, and the shares are added in order.
/// </summary>
internal sealed class SeriesInputKernels : IKernelForms
{
    /// <summary>
    /// Work-items of a group where there are few groups, and where there are many: what every work-item does is then done
    /// half as often.
    /// </summary>
    internal const int LargeGroup = 512, SmallGroup = 256;

    /// <summary>Samples of a group.</summary>
    internal const int SamplesOfGroup = 1 << LogSamples;

    /// <summary>Elements that a group holds.</summary>
    internal const int Held = 6144;

    private const int LogSamples = 5, LogQuads = LogSamples - 2, Quads = 1 << LogQuads;

    /// <summary>Shares of a sample that a work-item adds up.</summary>
    private const int SharesOfPart = 4;

    /// <summary>Places in what a group holds, once the sums are made: of their parts, of samples, of a low-pass.</summary>
    private const int PartsAt = 4 * LargeGroup, RowAt = PartsAt + LargeGroup, TableAt = RowAt + SamplesOfGroup;

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
    /// dx, of some samples, before a low-pass, of series so short that a group has all of their low-passed samples: the
    /// adjoint of the low-pass, a sample by several work-items.
    /// </summary>
    internal static void LowPassed<T>(
        ArrayView<T> dy, ArrayView<T> w, ArrayView<T> table, ArrayView<T> dx, SeriesArguments g, SeriesSlices slices,
        int samples)
        where T : unmanaged, INumber<T>
    {
        var held = SharedMemory.Allocate<Lanes4<T>>(Held / 4);
        var numbers = held.Cast<T>();
        var (_, c, n) = g.PlaceOf(Grid.IdxX);

        // On its way while the sums are made.
        var kernel = ZeroPadded.Load(table, 0, Group.IdxX, table.IntLength);
        var sum = Sample(held, dy, w, 0, c, n, g, slices);
        if (Group.IdxX < SamplesOfGroup)
            numbers[RowAt + Group.IdxX] = sum;
        if (Group.IdxX < 2 * SamplesOfGroup)
            numbers[TableAt + Group.IdxX] = kernel;
        Group.Barrier();

        var (sample, part) = (Group.IdxX & (SamplesOfGroup - 1), Group.IdxX >> LogSamples);
        sum = T.Zero;
        if (sample < samples)
            for (var i = part; i < g.Length; i += Group.DimX >> LogSamples)
                sum += numbers[TableAt + sample - i + g.Length - 1] * numbers[RowAt + i];
        numbers[PartsAt + Group.IdxX] = sum;
        Group.Barrier();
        if (Group.IdxX < samples)
            dx[(((n * g.C) + c) * samples) + Group.IdxX] = SumOfParts(numbers, Group.IdxX);
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
        var row = s.ByPitch.Quotient(Group.IdxX);
        var column = Group.IdxX - (row * s.Pitch);
        var output = first + column + g.Padding - g.Q + 1;
        var exists = row < s.Rows && (uint)output < (uint)g.Outputs;
        var sum = Lanes4<T>.Zero;
        for (var k = 0; k < g.K; k += s.Channels)
        {
            var count = Math.Min(s.Channels, g.K - k);
            var from = (((n * g.K) + k) * g.Outputs) + Utilities.Select(exists, output, 0);

            // A column of gradients, zeros where there are none: much of it is on its way before anything waits.
            var (one, two) = (Four(dy, from, row, count, g, s), Four(dy, from, row + (4 * s.Rows), count, g, s));
            var three = Four(dy, from, row + (8 * s.Rows), count, g, s);
            for (var i = Group.IdxX; i < count * s.Taps; i += Group.DimX)
            {
                var channel = s.ByTaps.Quotient(i);
                numbers[filters + i] = ZeroPadded.Load(
                    w, (((k + channel) * g.C) + c) * g.Q, g.Q - 1 - (i - (channel * s.Taps)), g.Q);
            }

            if (row < s.Rows)
            {
                Put(numbers, row, column, count, exists, one, s);
                Put(numbers, row + (4 * s.Rows), column, count, exists, two, s);
                Put(numbers, row + (8 * s.Rows), column, count, exists, three, s);
                for (var more = row + (12 * s.Rows); more < count; more += 8 * s.Rows)
                {
                    one = Four(dy, from, more, count, g, s);
                    two = Four(dy, from, more + (4 * s.Rows), count, g, s);
                    Put(numbers, more, column, count, exists, one, s);
                    Put(numbers, more + (4 * s.Rows), column, count, exists, two, s);
                }
            }

            Group.Barrier();
            for (var channel = share; channel < count; channel += Group.DimX >> LogQuads)
                sum = Correlation.Four(
                    sum, held, (channel * s.Pitch / 4) + quad, held, (filters + (channel * s.Taps)) / 4, s.Taps / 4);
            Group.Barrier();
        }

        // A sample's shares lie a row apart; some work-items add four of them each, one of them the rest.
        held[Group.IdxX] = sum;
        Group.Barrier();
        var (sample, part) = (Group.IdxX & (SamplesOfGroup - 1), Group.IdxX >> LogSamples);
        var of = (part * SharesOfPart * SamplesOfGroup) + sample;
        numbers[PartsAt + Group.IdxX] = numbers[of] + numbers[of + SamplesOfGroup]
            + numbers[of + (2 * SamplesOfGroup)] + numbers[of + (3 * SamplesOfGroup)];
        Group.Barrier();
        return SumOfParts(numbers, sample);
    }

    /// <summary>The gradients of an output in channels some rows apart, the last one's where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4<T> Four<T>(ArrayView<T> dy, int from, int row, int count, SeriesArguments g, SeriesSlices s)
        where T : unmanaged, INumber<T>
    {
        Lanes4<T> four;
        four.V0 = dy[from + (Math.Min(row, count - 1) * g.Outputs)];
        four.V1 = dy[from + (Math.Min(row + s.Rows, count - 1) * g.Outputs)];
        four.V2 = dy[from + (Math.Min(row + (2 * s.Rows), count - 1) * g.Outputs)];
        four.V3 = dy[from + (Math.Min(row + (3 * s.Rows), count - 1) * g.Outputs)];
        return four;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(
        ArrayView<T> numbers, int row, int column, int count, bool exists, Lanes4<T> four, SeriesSlices s)
        where T : unmanaged, INumber<T>
    {
        Put(numbers, row, column, count, exists, four.V0, s);
        Put(numbers, row + s.Rows, column, count, exists, four.V1, s);
        Put(numbers, row + (2 * s.Rows), column, count, exists, four.V2, s);
        Put(numbers, row + (3 * s.Rows), column, count, exists, four.V3, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(
        ArrayView<T> numbers, int row, int column, int count, bool exists, T value, SeriesSlices s)
        where T : unmanaged, INumber<T>
    {
        if (row < count)
            numbers[(row * s.Pitch) + column] = Utilities.Select(exists, value, T.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SumOfParts<T>(ArrayView<T> numbers, int sample) where T : unmanaged, INumber<T>
    {
        var sum = T.Zero;
        for (var part = 0; part < Group.DimX >> LogSamples; part++)
            sum += numbers[PartsAt + (part * SamplesOfGroup) + sample];
        return sum;
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments, SeriesSlices>)Plain,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments, SeriesSlices, int>)
            LowPassed,
    ];
}
