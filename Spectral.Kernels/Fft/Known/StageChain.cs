using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The first stages of a transform as a type, so that the compiler of a kernel knows every stride, distance and offset:
/// <c>Then&lt;First&lt;Radix8&gt;, Radix4&gt;</c> is a transform of 32 points. Twiddles lie across, see
/// <see cref="StageList"/>. A stage with stride s writes result k of its butterfly b at place k·e + b with some distance
/// e ≥ m·s, so that neighbours write neighbours and every place is a constant away from the first; the next one finds its
/// points a constant apart too. Results of the last stage are in order.
/// </summary>
internal interface IStageChain<T> where T : unmanaged, INumber<T>
{
    /// <summary>Product of the radices.</summary>
    static abstract int Length { get; }

    /// <summary>s of the last of the stages.</summary>
    static abstract int Stride { get; }

    /// <summary>Whether the last of them leaves its results in the second half of shared memory.</summary>
    static abstract bool InSecondHalf { get; }

    /// <summary>Work-items of a row, one for each butterfly of the first stage.</summary>
    /// <param name="groups">m of the last of the stages: the product of the radices to come.</param>
    static abstract int Items(int groups);

    /// <summary>Where the twiddles and roots of the stages end.</summary>
    /// <param name="groups">As for <see cref="Items"/>.</param>
    static abstract int EndOfTwiddles(int groups);

    /// <summary>b over <see cref="Length"/>.</summary>
    static abstract int Over(int b);

    /// <summary>Where the next stage finds point 0 of its butterfly b; the others follow its m·<see cref="Stride"/> apart.</summary>
    /// <param name="b">Which butterfly.</param>
    /// <param name="groups">As for <see cref="Items"/>.</param>
    static abstract int PlaceOf(int b, int groups);

    /// <summary>
    /// Takes the row of a work-item through the stages. Every work-item of a group calls it; no barrier is behind the last.
    /// </summary>
    /// <param name="run">What is done.</param>
    /// <param name="groups">As for <see cref="Items"/>.</param>
    static abstract void Run(KnownRun<T> run, int groups);
}

/// <summary>The first stage, which reads the points where they come from.</summary>
internal readonly struct First<T, TSource, TRadix, TTarget> : IStageChain<T>
    where T : unmanaged, INumber<T>
    where TSource : struct, IRowSource<TSource, T>
    where TRadix : struct, IRadix
    where TTarget : struct, IRowTarget<TTarget, T>
{
    public static int Length => TRadix.Points;

    public static int Stride => 1;

    public static bool InSecondHalf => false;

    public static int Items(int groups) => groups;

    public static int EndOfTwiddles(int groups) =>
        FftTables.FirstTwiddle + (groups * (TRadix.Points - 1)) + TRadix.Roots;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int b) => TRadix.Over(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlaceOf(int b, int groups)
    {
        var p = TRadix.Over(b);
        return p + ((b - (p * TRadix.Points)) * Distance(groups));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(KnownRun<T> run, int groups)
    {
        TSource.Prepare(run);
        var b = run.Reader.Item;
        TRadix.Butterfly(
            TSource.At(run, b), groups, TTarget.At(run, run.Reader, false, b), Distance(groups), run.Table,
            run.Table.SubView(EndOfTwiddles(groups) - TRadix.Roots),
            new KnownTurns<T>(run.Table.SubView(FftTables.FirstTwiddle + b), groups));
    }

    // Results that are read side by side meet in few banks of shared memory where 16 over the radix, at least one, are left
    // out between them; rows of few points are spread by the distance between rows.
    private static int Distance(int groups) =>
        groups + (groups == 1 ? 0 : groups < 16 || TRadix.Points > 8 ? 1 : TRadix.Over(16));
}

/// <summary>Stages and one after them.</summary>
internal readonly struct Then<T, TBefore, TRadix, TTarget> : IStageChain<T>
    where T : unmanaged, INumber<T>
    where TBefore : struct, IStageChain<T>
    where TRadix : struct, IRadix
    where TTarget : struct, IRowTarget<TTarget, T>
{
    public static int Length => TBefore.Length * TRadix.Points;

    public static int Stride => TBefore.Length;

    public static bool InSecondHalf => !TBefore.InSecondHalf;

    public static int Items(int groups) => TBefore.Items(groups * TRadix.Points);

    public static int EndOfTwiddles(int groups) =>
        TBefore.EndOfTwiddles(groups * TRadix.Points) + (groups * (TRadix.Points - 1)) + TRadix.Roots;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int b) => TRadix.Over(TBefore.Over(b));

    // With b = q + s·(k + radix·p): its points are results k of butterflies q + s·(p + …).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlaceOf(int b, int groups)
    {
        var t = TBefore.Over(b);
        var p = TRadix.Over(t);
        return b + ((t - (p * TRadix.Points)) * (Distance(groups) - Stride)) + (p * Stride * (1 - TRadix.Points));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(KnownRun<T> run, int groups)
    {
        var before = groups * TRadix.Points;
        TBefore.Run(run, before);
        Group.Barrier();
        var from = run.StartOf(run.Writer.Row, TBefore.InSecondHalf);
        for (var b = run.Writer.Item; b < groups * Stride; b += Items(groups))
        {
            TRadix.Butterfly(
                new SharedPoints<T>(run.Shared, from + TBefore.PlaceOf(b, before)), groups * TBefore.Stride,
                TTarget.At(run, run.Writer, InSecondHalf, b), Distance(groups), run.Table,
                run.Table.SubView(EndOfTwiddles(groups) - TRadix.Roots),
                new KnownTurns<T>(run.Table.SubView(TBefore.EndOfTwiddles(before) + TBefore.Over(b)), groups));
        }
    }

    // Where 16 neighbours do not lie in one run, they start as far apart as the run is long.
    private static int Distance(int groups) => (groups * Stride) + (groups == 1 || Stride >= 16 ? 0 : Stride);
}
