using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The kernels of <see cref="BlockFft{T, TStages}"/> for one length and source each, with stages written out. There is one
/// for every length that is asked for, made of the same parts; the forms are some of them.
/// </summary>
internal sealed class KnownFftKernels : IOpenKernelForms
{
    private static readonly ConcurrentDictionary<(Type Chain, Type Source, bool IsSmall), Delegate> Made = [];

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>The kernel of a recipe's radices.</summary>
    /// <param name="radices">The radices, first to last.</param>
    /// <param name="isSmall">Which form.</param>
    /// <typeparam name="T">Precision.</typeparam>
    /// <typeparam name="TSource">Where points come from.</typeparam>
    internal static Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, int, int>
        Of<T, TSource>(IEnumerable<int> radices, bool isSmall)
        where T : unmanaged, INumber<T>
        where TSource : struct, IRowSource<TSource, T> =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, int, int>)Made.GetOrAdd(
            (StageChain.Of<T>(radices), typeof(TSource), isSmall),
            key => typeof(KnownFftKernels)
                .GetMethod(key.IsSmall ? nameof(Small) : nameof(Large), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(typeof(T), key.Chain, key.Source)
                .CreateDelegate(typeof(Action<
                    ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, int, int>)));

    internal static void Small<T, TChain, TSource>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table, FftJob<T> job, int logRows, int pitch)
        where T : unmanaged, INumber<T>
        where TChain : struct, IStageChain<T>
        where TSource : struct, IRowSource<TSource, T>
    {
        var shared = SharedMemory.Allocate<byte>(BlockShape.SmallBytes);
        BlockFft<T, KnownStages<T, TChain, TSource>>.Transform(
            x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, default, job, logRows, pitch);
    }

    internal static void Large<T, TChain, TSource>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table, FftJob<T> job, int logRows, int pitch)
        where T : unmanaged, INumber<T>
        where TChain : struct, IStageChain<T>
        where TSource : struct, IRowSource<TSource, T>
    {
        var shared = SharedMemory.Allocate<byte>(BlockShape.LargeBytes);
        BlockFft<T, KnownStages<T, TChain, TSource>>.Transform(
            x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, default, job, logRows, pitch);
    }

    // Each radix in the first place and in others, each source, and the longest.
    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        Of<T, PairPoints<T>>([8], true), Of<T, PairPoints<T>>([2, 3, 3], true), Of<T, PairPoints<T>>([8, 4], true),
        Of<T, PairPoints<T>>([2, 5, 5], true), Of<T, PairPoints<T>>([8, 4, 4], true),
        Of<T, PairPoints<T>>([8, 8, 8], true), Of<T, PairPoints<T>>([8, 8, 8, 4], false),
        Of<T, BinPoints<T>>([7], true), Of<T, BinPoints<T>>([5, 7], true), Of<T, BinPoints<T>>([8, 4], true),
        Of<T, BinPoints<T>>([8, 8, 8, 4], false),
        Of<T, LoadedPoints<T>>([4, 3], true), Of<T, LoadedPoints<T>>([3, 5, 7], true),
    ];
}
