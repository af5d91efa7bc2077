using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The kernels of <see cref="BlockFft{T, TStages}"/> for any length.</summary>
internal sealed class BlockFftKernels : IKernelForms
{
    /// <summary>Bytes of shared memory of the small form: lets several groups share a multiprocessor.</summary>
    internal const int SmallBytes = 12 * 1024;

    /// <summary>Bytes of the large form: what every device grants a group.</summary>
    internal const int LargeBytes = 48 * 1024;

    /// <summary>Bytes that a row takes, in two halves between which the stages go back and forth.</summary>
    internal static int BytesOf(int span, DType type)
    {
        var pitch = SpreadPoints<PointLane<float>, float>.Pitch(span);
        return 2 * SpreadPoints<PointLane<float>, float>.Places(pitch) * 2 * type.SizeOf();
    }

    /// <summary>Points of the longest row that fits.</summary>
    internal static int LongestSpan(DType type)
    {
        const int Run = SpreadPoints<PointLane<float>, float>.Run;
        return LargeBytes / BytesOf(Run, type) * Run;
    }

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    internal static void Small<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job, int logRows)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(SmallBytes);
        BlockFft<T, ListedStages<T>>.Transform(
            x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, stages, job, logRows);
    }

    internal static void Large<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job, int logRows)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(LargeBytes);
        BlockFft<T, ListedStages<T>>.Transform(
            x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, stages, job, logRows);
    }

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, ArrayView<int>,
            FftJob<T>, int>)Small,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, ArrayView<int>,
            FftJob<T>, int>)Large,
    ];
}
