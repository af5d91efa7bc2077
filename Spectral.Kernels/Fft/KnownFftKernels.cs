using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The kernels of <see cref="BlockFft{T, TStages}"/> for one length each, whose stages are written out. There is one for
/// every length that is asked for, made of the same parts; the forms are some of them.
/// </summary>
internal sealed class KnownFftKernels : IOpenKernelForms
{
    private static readonly ConcurrentDictionary<(Type Chain, bool IsSmall), Delegate> Made = [];

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>The kernel of a recipe's radices.</summary>
    internal static Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, int, int> Of<T>(
        IEnumerable<int> radices, bool isSmall)
        where T : unmanaged, INumber<T> =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, int, int>)Made.GetOrAdd(
            (StageChain.Of<T>(radices), isSmall),
            key => typeof(KnownFftKernels)
                .GetMethod(key.IsSmall ? nameof(Small) : nameof(Large), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(typeof(T), key.Chain)
                .CreateDelegate(typeof(Action<
                    ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, int, int>)));

    internal static void Small<T, TChain>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table, FftJob<T> job, int logRows, int pitch)
        where T : unmanaged, INumber<T>
        where TChain : struct, IStageChain<T>
    {
        var shared = SharedMemory.Allocate<byte>(BlockShape.SmallBytes);
        BlockFft<T, KnownStages<T, TChain>>.Transform(
            x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, default, job, logRows, pitch);
    }

    internal static void Large<T, TChain>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table, FftJob<T> job, int logRows, int pitch)
        where T : unmanaged, INumber<T>
        where TChain : struct, IStageChain<T>
    {
        var shared = SharedMemory.Allocate<byte>(BlockShape.LargeBytes);
        BlockFft<T, KnownStages<T, TChain>>.Transform(
            x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, default, job, logRows, pitch);
    }

    // Each radix in the first place and in others, and the longest.
    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        Of<T>([8], true), Of<T>([2, 3, 3], true), Of<T>([8, 4], true), Of<T>([2, 5, 5], true), Of<T>([4, 3], true),
        Of<T>([3, 5, 7], true), Of<T>([7], true), Of<T>([5, 7], true), Of<T>([8, 4, 4], true),
        Of<T>([8, 8, 8], true), Of<T>([8, 8, 8, 4], false),
    ];
}
