using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>How the outputs of all series are cut into pieces of one series each.</summary>
internal struct SeriesPieces
{
    /// <summary>Outputs of a piece: 2 to the power of this.</summary>
    public int LogSize;

    /// <summary>Pieces of a series, and of all.</summary>
    public int OfSeries, Count;

    /// <summary>Division by the pieces of a series.</summary>
    public Divisor ByPieces;

    /// <summary>Of the size that wastes least.</summary>
    internal static SeriesPieces Of(int series, int outputs)
    {
        var log = Enumerable.Range(SeriesFilterKernels.LogSmallestPiece, 3)
            .MinBy(size => GemmPlan.Blocks(outputs, 1 << size) << size);
        var pieces = GemmPlan.Blocks(outputs, 1 << log);
        return new SeriesPieces
        {
            LogSize = log,
            OfSeries = pieces,
            Count = series * pieces,
            ByPieces = Divisor.Of(pieces),
        };
    }
}

/// <summary>What a work-item brings of the pieces that a group holds: four gradients, and samples they meet.</summary>
internal struct SeriesLoad<T> where T : unmanaged, INumber<T>
{
    public Lanes4<T> Gradients, Samples;

    /// <summary>A sample beyond the last output of a piece.</summary>
    public T Beyond;
}

/// <summary>
/// The gradient of the filters behind <see cref="ConvOfSeries"/>: a group makes eight taps of an output channel. It holds
/// pieces of the gradients and of the samples they meet, of which a work-item takes four outputs; the next pieces are on
/// their way meanwhile.
/// </summary>
internal sealed class SeriesFilterKernels : IKernelForms
{
    internal const int GroupSize = 512;

    /// <summary>Taps whose sums a work-item holds.</summary>
    internal const int TapsAtOnce = 8;

    /// <summary>Outputs of the smallest pieces: 2 to the power of this.</summary>
    internal const int LogSmallestPiece = 5;

    private const int Outputs = 4 * GroupSize, LogTaps = 3, LogLanesOfTap = 6, LanesOfTap = 1 << LogLanesOfTap;

    /// <summary>Elements held: gradients, then samples, of each piece as many and those that the taps reach beyond.</summary>
    private const int Held = (2 * Outputs) + ((Outputs >> LogSmallestPiece) * TapsAtOnce);

    public static IEnumerable<Delegate> Forms() => [Form<float>(), Form<double>()];

    /// <summary>dw of x and dy.</summary>
    internal static void Run<T>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dw, SeriesArguments g, SeriesPieces p)
        where T : unmanaged, INumber<T>
    {
        var held = SharedMemory.Allocate<Lanes4<T>>(Held / 4);
        var numbers = held.Cast<T>();
        var (block, c, k) = g.PlaceOf(Grid.IdxX);
        var q = block << LogTaps;
        var (slots, quad) = (Outputs >> p.LogSize, 4 * Group.IdxX);
        var mine = (Outputs + SampleAt(quad, p)) / 4;
        var (a, b) = (Lanes4<T>.Zero, Lanes4<T>.Zero);
        var load = Fetch(x, dy, 0, c, k, q, g, p);
        for (var piece = 0; piece < p.Count; piece += slots)
        {
            Put(numbers, load, p);
            Group.Barrier();
            if (piece + slots < p.Count)
                load = Fetch(x, dy, piece + slots, c, k, q, g, p);
            var (gradients, low, middle, high) = (held[Group.IdxX], held[mine], held[mine + 1], held[mine + 2]);
            a = Correlation.Add(a, gradients, low, middle);
            b = Correlation.Add(b, gradients, middle, high);
            Group.Barrier();
        }

        Put(numbers, 0, a);
        Put(numbers, 4 * GroupSize, b);
        Group.Barrier();

        // 64 work-items add up those of a tap, eight of them theirs, one of them the rest.
        var (tap, lane) = (Group.IdxX >> LogLanesOfTap, Group.IdxX & (LanesOfTap - 1));
        for (var lanes = LanesOfTap; lanes > 1; lanes >>= 3)
        {
            var sum = SumOfEight(numbers, (tap * GroupSize) + lane, lanes);
            Group.Barrier();
            if (lane < lanes)
                numbers[(tap * GroupSize) + lane] = sum;
            Group.Barrier();
        }

        if (lane == 0 && q + tap < g.Q)
            dw[(((k * g.C) + c) * g.Q) + q + tap] = SumOfEight(numbers, tap * GroupSize, 1);
    }

    /// <summary>Where the sample that an output's first tap meets lies among the samples held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SampleAt(int output, SeriesPieces p) => output + ((output >> p.LogSize) << LogTaps);

    /// <summary>What a work-item brings of the pieces from one on; no branches, so that all is on its way at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SeriesLoad<T> Fetch<T>(
        ArrayView<T> x, ArrayView<T> dy, int piece, int c, int k, int q, SeriesArguments g, SeriesPieces p)
        where T : unmanaged, INumber<T>
    {
        SeriesLoad<T> load;
        (load.Gradients.V0, load.Samples.V0) = Pair(x, dy, piece, Group.IdxX, c, k, q, g, p);
        (load.Gradients.V1, load.Samples.V1) = Pair(x, dy, piece, Group.IdxX + GroupSize, c, k, q, g, p);
        (load.Gradients.V2, load.Samples.V2) = Pair(x, dy, piece, Group.IdxX + (2 * GroupSize), c, k, q, g, p);
        (load.Gradients.V3, load.Samples.V3) = Pair(x, dy, piece, Group.IdxX + (3 * GroupSize), c, k, q, g, p);
        var (n, output) = PlaceOf(piece + (Group.IdxX >> LogTaps), (1 << p.LogSize) + (Group.IdxX & (TapsAtOnce - 1)), p);
        load.Beyond = Sample(x, n, output, c, q, g);
        return load;
    }

    /// <summary>The gradient of an output of the pieces from one on, and the sample that tap q meets there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Gradient, T Sample) Pair<T>(
        ArrayView<T> x, ArrayView<T> dy, int piece, int i, int c, int k, int q, SeriesArguments g, SeriesPieces p)
        where T : unmanaged, INumber<T>
    {
        var mine = piece + (i >> p.LogSize);
        var (n, output) = PlaceOf(mine, i & ((1 << p.LogSize) - 1), p);
        var gradient = ZeroPadded.Load(dy, ((n * g.K) + k) * g.Outputs, output, g.Outputs);
        return (Utilities.Select(mine < p.Count, gradient, T.Zero), Sample(x, n, output, c, q, g));
    }

    /// <summary>The series of a piece, the last one's where there is none, and an output of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Series, int Output) PlaceOf(int piece, int i, SeriesPieces p)
    {
        var existing = Math.Min(piece, p.Count - 1);
        var n = p.ByPieces.Quotient(existing);
        return (n, ((existing - (n * p.OfSeries)) << p.LogSize) + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sample<T>(ArrayView<T> x, int n, int output, int c, int q, SeriesArguments g)
        where T : unmanaged, INumber<T> =>
        ZeroPadded.Load(x, ((n * g.C) + c) * g.Length, output + q - g.Padding, g.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ArrayView<T> numbers, SeriesLoad<T> load, SeriesPieces p) where T : unmanaged, INumber<T>
    {
        Put(numbers, 0, load.Gradients);
        var i = Group.IdxX;
        numbers[Outputs + SampleAt(i, p)] = load.Samples.V0;
        numbers[Outputs + SampleAt(i + GroupSize, p)] = load.Samples.V1;
        numbers[Outputs + SampleAt(i + (2 * GroupSize), p)] = load.Samples.V2;
        numbers[Outputs + SampleAt(i + (3 * GroupSize), p)] = load.Samples.V3;
        var slot = i >> LogTaps;
        if (slot < Outputs >> p.LogSize)
            numbers[Outputs + ((slot + 1) << p.LogSize) + i] = load.Beyond;
    }

    /// <summary>Four elements of a work-item, each beside those of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ArrayView<T> numbers, int at, Lanes4<T> four) where T : unmanaged, INumber<T>
    {
        numbers[at + Group.IdxX] = four.V0;
        numbers[at + GroupSize + Group.IdxX] = four.V1;
        numbers[at + (2 * GroupSize) + Group.IdxX] = four.V2;
        numbers[at + (3 * GroupSize) + Group.IdxX] = four.V3;
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
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, SeriesArguments, SeriesPieces>)Run;
}
