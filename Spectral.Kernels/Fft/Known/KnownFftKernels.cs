using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Transforms in shared memory with a kernel for each length, source and target: stages, strides and offsets are constants. A
/// group takes one or more rows, a power of two, through the whole transform. There is a kernel for everything that is asked
/// for, made of the same parts; the forms are some of them.
/// </summary>
internal sealed class KnownFftKernels : IOpenKernelForms
{
    private static readonly ConcurrentDictionary<(Type Chain, Type Sink, bool IsSmall), Delegate> Made = [];

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>A kernel of such parts.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="isSmall">Which form.</param>
    /// <typeparam name="T">Precision.</typeparam>
    internal static Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, KnownShape>
        Of<T>(KnownParts parts, bool isSmall)
        where T : unmanaged, INumber<T> =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, KnownShape>)Made.GetOrAdd(
            (parts.Chain, parts.Sink, isSmall),
            key => typeof(KnownFftKernels)
                .GetMethod(key.IsSmall ? nameof(Small) : nameof(Large), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(typeof(T), key.Chain, key.Sink)
                .CreateDelegate(typeof(Action<
                    ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, KnownShape>)));

    internal static void Small<T, TChain, TSink>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table, FftJob<T> job, KnownShape shape)
        where T : unmanaged, INumber<T>
        where TChain : struct, IStageChain<T>
        where TSink : struct, IRowSink<T> =>
        Transform<T, TChain, TSink>(x, y, bias, table, SharedMemory.Allocate<byte>(KnownShape.SmallBytes), job, shape);

    internal static void Large<T, TChain, TSink>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table, FftJob<T> job, KnownShape shape)
        where T : unmanaged, INumber<T>
        where TChain : struct, IStageChain<T>
        where TSink : struct, IRowSink<T> =>
        Transform<T, TChain, TSink>(x, y, bias, table, SharedMemory.Allocate<byte>(KnownShape.LargeBytes), job, shape);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform<T, TChain, TSink>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table, ArrayView<byte> shared,
        FftJob<T> job, KnownShape shape)
        where T : unmanaged, INumber<T>
        where TChain : struct, IStageChain<T>
        where TSink : struct, IRowSink<T>
    {
        var run = new KnownRun<T>(
            x, y, bias, table, shared.Cast<ComplexLanes<PointLane<T>, T>>(), job, shape, TChain.Items(1));
        TChain.Run(run, 1);
        if (!TSink.IsUsed)
            return;
        Group.Barrier();
        var row = run.Writer.Row;
        var points = new SharedPoints<T>(run.Shared, run.StartOf(row, TChain.InSecondHalf));
        var otherHalf = run.StartOf(0, !TChain.InSecondHalf);
        var staged = new SharedPoints<T>(run.Shared, otherHalf + (row * job.Results));
        if (TSink.IsStaged || row < run.Count)
            for (var k = run.Writer.Item; k < shape.Results; k += TChain.Items(1))
                TSink.Store(run, points, staged, run.First + row, k);
        if (!TSink.IsStaged)
            return;
        Group.Barrier();
        var target = y.Cast<ComplexLanes<PointLane<T>, T>>()
            .SubView(run.TargetOf(run.First) >> 1);
        var all = Math.Min(run.Count, 1 << shape.LogRows) * job.Results;
        for (var i = Group.IdxX; i < all; i += Group.DimX)
            target[i] = run.Shared[otherHalf + i];
    }

    // Each radix in the first place and in others, each source and target, and the longest.
    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T>
    {
        var axis = new AxisSamples(new BandAxis(32, 9), 30, 1, 1);
        var plan = new PlaneTransformPlan(64, axis, axis);
        yield return Of<T>(KnownParts.Of(PlaneFft.ColumnJob<T>(plan, false).InPairs(false, false), [8, 4]), true);
        yield return Of<T>(KnownParts.Of(PlaneFft.ColumnJob<T>(plan, true).InPairs(false, false), [8, 4]), true);
        yield return Of<T>(KnownParts.Of(Padded<T>(162, 2, false).InPairs(true, true), [9, 9]), true);
        yield return Of<T>(KnownParts.Of(Padded<T>(162, 1, false).InPairs(true, true), [9, 9]), true);
        yield return Of<T>(KnownParts.Of(Padded<T>(162, 1, true).InPairs(true, true), [9, 9]), true);
        yield return Of<T>(KnownParts.Of(Padded<T>(175, 1, false).InPairs(true, true), [7, 5, 5]), true);
        yield return Of<T>(KnownParts.Of(Padded<T>(175, 1, true).InPairs(true, true), [7, 5, 5]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(16, 1, 1).InPairs(true, true), [8]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(34, 1, 1).InPairs(true, true), [17]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(36, 1, 1).InPairs(true, true), [6, 3]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(64, 1, 1).InPairs(true, true), [8, 4]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(100, 1, 1).InPairs(true, true), [10, 5]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(256, 1, 1).InPairs(true, true), [8, 4, 4]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(1024, 1, 1).InPairs(true, true), [8, 8, 8]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(4096, 1, 1).InPairs(true, true), [8, 8, 8, 4]), false);
        yield return Of<T>(KnownParts.Of(FftJobs.ForwardReal<T>(35, 1, 1).InPairs(true, true), [7, 5]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.Complex<T>(12, 1, true, 1).InPairs(true, true), [4, 3]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.InverseReal<T>(64, 1, 1).InPairs(true, true), [8, 4]), true);
        yield return Of<T>(KnownParts.Of(FftJobs.InverseReal<T>(4096, 1, 1).InPairs(true, true), [8, 8, 8, 4]), false);
    }

    // Series of 150 samples somewhere on a circle, to bins and back.
    private static FftJob<T> Padded<T>(int circle, int start, bool isInverse) where T : unmanaged, INumber<T>
    {
        var job = BandFft.Job<T>(new BandFftShape(64, circle, 40, 150, start, 1));
        BandFft.Direct(ref job, isInverse, new FftStrides(0, 150, 1, 0), new FftStrides(0, 1, 128, 64));
        return job;
    }
}
