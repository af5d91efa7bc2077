using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>What a work-item brings of the pieces that a group holds: four gradients, and samples they meet.</summary>
internal struct SeriesLoad<T> where T : unmanaged, INumber<T>
{
    public Lanes4<T> Gradients, Samples;

    /// <summary>A sample beyond the last output of the piece.</summary>
    public T Beyond;
}

/// <summary>
/// The gradient of the filters behind <see cref="ConvOfSeries"/>: a group makes eight taps of an output channel. It holds
/// pieces of the gradients, each of one series, and of the samples they meet. 32 work-items bring a piece and take four
/// outputs each; the next pieces are on their way meanwhile.
/// </summary>
internal sealed class SeriesFilterKernels : IKernelForms
{
    internal const int GroupSize = 512;

    /// <summary>Taps whose sums a work-item holds.</summary>
    internal const int TapsAtOnce = 8;

    /// <summary>Outputs of a piece.</summary>
    internal const int Piece = 4 * Lanes;

    private const int Lanes = 1 << LogLanes, Pieces = GroupSize / Lanes, LogLanes = 5;

    private const int LogTaps = 3, LogLanesOfTap = 6, LanesOfTap = 1 << LogLanesOfTap;

    /// <summary>Elements held: gradients, then samples, of each piece as many and those that the taps reach beyond.</summary>
    private const int Held = SamplesAt + (Pieces * SamplesOfPiece);

    private const int SamplesAt = Pieces * Piece, SamplesOfPiece = Piece + TapsAtOnce;

    public static IEnumerable<Delegate> Forms() => [Form<float>(), Form<double>()];

    /// <summary>dw of x and dy; <paramref name="ofSeries"/> divides by the pieces of a series.</summary>
    internal static void Run<T>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dw, SeriesArguments g, int pieces, Divisor ofSeries)
        where T : unmanaged, INumber<T>
    {
        var held = SharedMemory.Allocate<Lanes4<T>>(Held / 4);
        var numbers = held.Cast<T>();
        var (block, c, k) = g.PlaceOf(Grid.IdxX);
        var q = block << LogTaps;
        var (piece, lane) = (Group.IdxX >> LogLanes, Group.IdxX & (Lanes - 1));
        var samples = SamplesAt + (piece * SamplesOfPiece);
        var mine = (samples / 4) + lane;
        var (a, b) = (Lanes4<T>.Zero, Lanes4<T>.Zero);
        var load = Fetch(x, dy, piece, lane, c, k, q, g, pieces, ofSeries);
        for (var first = 0; first < g.N * pieces; first += Pieces)
        {
            // Here, not at the end: ILGPU moves what a sum needs behind a barrier at the end of a loop.
            Group.Barrier();
            Wide.Scatter(numbers, (piece * Piece) + lane, Lanes, load.Gradients);
            Wide.Scatter(numbers, samples + lane, Lanes, load.Samples);
            if (lane < TapsAtOnce)
                numbers[samples + Piece + lane] = load.Beyond;
            Group.Barrier();
            if (first + Pieces < g.N * pieces)
                load = Fetch(x, dy, first + Pieces + piece, lane, c, k, q, g, pieces, ofSeries);
            var (gradients, low, middle, high) = (held[Group.IdxX], held[mine], held[mine + 1], held[mine + 2]);
            a = Correlation.Add(a, gradients, low, middle);
            b = Correlation.Add(b, gradients, middle, high);
        }

        Group.Barrier();
        Wide.Scatter(numbers, Group.IdxX, GroupSize, a);
        Wide.Scatter(numbers, Group.IdxX + (4 * GroupSize), GroupSize, b);
        Group.Barrier();

        // 64 work-items add up those of a tap, eight of them theirs, one of them the rest.
        var (tap, part) = (Group.IdxX >> LogLanesOfTap, Group.IdxX & (LanesOfTap - 1));
        for (var parts = LanesOfTap; parts > 1; parts >>= 3)
        {
            var sum = SumOfEight(numbers, (tap * GroupSize) + part, parts);
            Group.Barrier();
            if (part < parts)
                numbers[(tap * GroupSize) + part] = sum;
            Group.Barrier();
        }

        if (part == 0 && q + tap < g.Q)
            dw[(((k * g.C) + c) * g.Q) + q + tap] = SumOfEight(numbers, tap * GroupSize, 1);
    }

    /// <summary>What a work-item brings of a piece; no branches, so that all is on its way at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SeriesLoad<T> Fetch<T>(
        ArrayView<T> x, ArrayView<T> dy, int piece, int lane, int c, int k, int q, SeriesArguments g, int pieces,
        Divisor ofSeries)
        where T : unmanaged, INumber<T>
    {
        // A piece beyond the last is taken for outputs that no series has.
        var exists = piece < g.N * pieces;
        var n = ofSeries.Quotient(Utilities.Select(exists, piece, 0));
        var output = Utilities.Select(exists, ((piece - (n * pieces)) * Piece) + lane, g.Outputs);
        var (ofX, sample) = (((n * g.C) + c) * g.Length, output + q - g.Padding);
        SeriesLoad<T> load;
        load.Gradients = ZeroPadded.Four(dy, ((n * g.K) + k) * g.Outputs, output, Lanes, g.Outputs);
        load.Samples = ZeroPadded.Four(x, ofX, sample, Lanes, g.Length);
        load.Beyond = ZeroPadded.Load(x, ofX, sample + Piece, g.Length);
        return load;
    }

    /// <summary>The sum of eight elements a distance apart, of as many as there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SumOfEight<T>(ArrayView<T> sums, int at, int distance) where T : unmanaged, INumber<T>
    {
        var sum = T.Zero;
        for (var i = 0; i < 8; i++)
            sum += sums[Math.Min(at + (i * distance), (TapsAtOnce * GroupSize) - 1)];
        return sum;
    }

    private static Delegate Form<T>() where T : unmanaged, INumber<T> =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments, int, Divisor>)Run;
}
