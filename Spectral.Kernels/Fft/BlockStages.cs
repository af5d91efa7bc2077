using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Which row of a group a work-item has a part in, and its points there: the first and then every so many.</summary>
internal readonly struct BlockPlace(int row, int point, int step)
{
    internal readonly int Row = row, Point = point, Step = step;
}

/// <summary>
/// The rows that a group works on, in one of two halves of shared memory. Rows that do not exist go through the stages
/// like others, whatever they hold: where some work-items took no part, compilers might part them before a barrier, which
/// PoCL's does.
/// </summary>
/// <param name="points">Shared memory.</param>
/// <param name="job">What is done.</param>
/// <param name="outer">Their outer row.</param>
/// <param name="first">The first inner row.</param>
/// <param name="pitch">Places from one row to the next.</param>
/// <param name="half">Where the second half starts.</param>
internal readonly struct BlockRows<T>(
    SpreadPoints<PointLane<T>, T> points, FftJob<T> job, int outer, int first, int pitch, int half)
    where T : unmanaged, INumber<T>
{
    internal readonly SpreadPoints<PointLane<T>, T> Points = points;

    internal readonly int Outer = outer, First = first, Pitch = pitch, Half = half;

    private readonly int _count = job.Inner - first;

    /// <summary>Whether there is the row of a work-item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Has(BlockPlace place) => place.Row < _count;

    /// <summary>The inner row of a work-item, the last one where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Existing(BlockPlace place) => First + Math.Min(place.Row, _count - 1);
}

/// <summary>The stages of a transform in shared memory.</summary>
internal interface IBlockStages<T> where T : unmanaged, INumber<T>
{
    /// <summary>Work-items of a row, where the launch says so many.</summary>
    static abstract int ItemsOfRow(int launched);

    /// <summary>
    /// Rows from global memory through all stages; returns the half in which they are then. Every work-item of a group
    /// calls it, and it ends with a barrier.
    /// </summary>
    /// <param name="x">Global memory.</param>
    /// <param name="rows">Which rows, and the shared memory.</param>
    /// <param name="job">What is done.</param>
    /// <param name="reader">How the work-item reads.</param>
    /// <param name="worker">Its butterflies.</param>
    /// <param name="table">Constants.</param>
    /// <param name="stages">The stages as a list, where they are not known otherwise.</param>
    static abstract int Run(
        ArrayView<T> x, BlockRows<T> rows, FftJob<T> job, BlockPlace reader, BlockPlace worker,
        ArrayView<Complex<T>> table, ArrayView<int> stages);
}

/// <summary>Stages that a list in memory describes, for any length.</summary>
internal readonly struct ListedStages<T> : IBlockStages<T> where T : unmanaged, INumber<T>
{
    /// <summary>Radices up to here are butterflies of one work-item; of others each pair of points is one's.</summary>
    private const int LargestWhole = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ItemsOfRow(int launched) => launched;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Run(
        ArrayView<T> x, BlockRows<T> rows, FftJob<T> job, BlockPlace reader, BlockPlace worker,
        ArrayView<Complex<T>> table, ArrayView<int> stages)
    {
        var (from, to) = (0, rows.Half);
        BlockInput<T>.Load(x, rows, from, reader, table, job);
        Group.Barrier();
        var row = worker.Row * rows.Pitch;

        // All stages, twice to convolve.
        var passes = job.Convolution > 0 ? 2 : 1;
        for (var s = 0; s < passes * job.Stages; s++)
        {
            if (s == job.Stages)
            {
                for (var i = worker.Point; i < job.Span; i += worker.Step)
                    rows.Points[from + row + i] = (rows.Points[from + row + i] * table[job.Spectrum + i]).Swapped;
                Group.Barrier();
            }

            var index = s < job.Stages ? s : s - job.Stages;
            Stage(
                FftStages.Read(stages, index), FftStages.ByStride(stages, index), rows.Points, from + row, to + row,
                worker, table);
            Group.Barrier();
            var swap = from;
            from = to;
            to = swap;
        }

        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stage(
        Stage stage, Divisor byStride, SpreadPoints<PointLane<T>, T> points, int from, int to, BlockPlace worker,
        ArrayView<Complex<T>> table)
    {
        var butterflies = stage.Groups * stage.Stride;
        if (stage.Radix <= LargestWhole)
        {
            for (var b = worker.Point; b < butterflies; b += worker.Step)
            {
                var p = byStride.Quotient(b);
                Butterflies<SpreadPoints<PointLane<T>, T>, SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Small(
                    stage, p, b - (p * stage.Stride), points, from, points, to, table);
            }

            return;
        }

        for (var pair = worker.Point; pair < butterflies * (stage.Radix / 2); pair += worker.Step)
        {
            var h = pair / butterflies;
            var b = pair - (h * butterflies);
            var p = byStride.Quotient(b);
            Butterflies<SpreadPoints<PointLane<T>, T>, SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.OddPair(
                stage, p, b - (p * stage.Stride), h + 1, points, from, points, to, table);
        }
    }
}

/// <summary>Stages that a chain of types spells out, the first of which reads points where they come from.</summary>
internal readonly struct KnownStages<T, TChain, TSource> : IBlockStages<T>
    where T : unmanaged, INumber<T>
    where TChain : struct, IStageChain<T>
    where TSource : struct, IRowSource<TSource, T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ItemsOfRow(int launched) => TChain.Length / TChain.LargestRadix;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Run(
        ArrayView<T> x, BlockRows<T> rows, FftJob<T> job, BlockPlace reader, BlockPlace worker,
        ArrayView<Complex<T>> table, ArrayView<int> stages)
    {
        var source = TSource.Of(x, table, rows, job, reader, worker);
        var place = TSource.IsInMemory ? reader : worker;
        var stage = new Stage(
            TChain.FirstRadix, TChain.Length / TChain.FirstRadix, 1, FftTables.FirstTwiddle, 1);
        KnownStage<T>.Run(stage, source, 0, rows, 0, place, table);
        Group.Barrier();
        return TChain.Rest(rows, 0, rows.Half, worker, table);
    }
}

/// <summary>A stage whose numbers are constants where this is inlined.</summary>
internal static class KnownStage<T> where T : unmanaged, INumber<T>
{
    /// <summary>A work-item's butterflies, to its row in a half of shared memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run<TSource>(
        Stage stage, TSource source, int from, BlockRows<T> rows, int to, BlockPlace worker, ArrayView<Complex<T>> table)
        where TSource : struct, IFftSource<PointLane<T>, T>
    {
        for (var b = worker.Point; b < stage.Groups * stage.Stride; b += worker.Step)
        {
            // Unsigned, so that a power of two becomes a shift.
            var p = (int)((uint)b / (uint)stage.Stride);
            Butterflies<TSource, SpreadPoints<PointLane<T>, T>, PointLane<T>, T>.Small(
                stage, p, b - (p * stage.Stride), source, from, rows.Points, to + (worker.Row * rows.Pitch), table);
        }
    }
}
