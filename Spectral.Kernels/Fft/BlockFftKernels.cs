using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The kernels of <see cref="BlockFft{T}"/>.</summary>
internal sealed class BlockFftKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    internal static void Small<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job, int logRows, int pitch)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(BlockShape.SmallBytes);
        BlockFft<T>.Transform(
            x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, stages, job, logRows, pitch);
    }

    internal static void Large<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<int> stages, FftJob<T> job, int logRows, int pitch)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<byte>(BlockShape.LargeBytes);
        BlockFft<T>.Transform(
            x, y, bias, shared.Cast<ComplexLanes<PointLane<T>, T>>(), table, stages, job, logRows, pitch);
    }

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, ArrayView<int>,
            FftJob<T>, int, int>)Small,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, ArrayView<int>,
            FftJob<T>, int, int>)Large,
    ];
}
