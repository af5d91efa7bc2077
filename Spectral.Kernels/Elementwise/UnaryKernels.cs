using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Kernels of one argument, generic over the function.</summary>
internal sealed class UnaryKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    internal static void Apply<T, TFunction>(ArrayView<T> x, ArrayView<T> y, T parameter)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < y.IntLength; i += WorkItem.Count)
            y[i] = TFunction.Apply(x[i], parameter);
    }

    internal static void Gradient<T, TFunction>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> dy, ArrayView<T> dx, T parameter)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < dx.IntLength; i += WorkItem.Count)
            dx[i] = TFunction.Gradient(x[i], y[i], dy[i], parameter);
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        .. Forms<T, ReluFunction<T>>(default),
        .. Forms<T, ExpFunction<T, TMath>>(default),
    ];

    private static IEnumerable<Delegate> Forms<T, TFunction>(TFunction _)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, T>)Apply<T, TFunction>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T>)Gradient<T, TFunction>,
    ];
}
