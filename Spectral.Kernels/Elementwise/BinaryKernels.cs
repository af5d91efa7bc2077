using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Kernels of two arguments, generic over the function.</summary>
internal sealed class BinaryKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    internal static void Apply<T, TFunction>(ArrayView<T> a, ArrayView<T> b, ArrayView<T> y)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IBinaryFunction<T>
    {
        for (var i = WorkItem.Index; i < y.IntLength; i += WorkItem.Count)
            y[i] = TFunction.Apply(a[i], b[i]);
    }

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>>)Apply<T, AddFunction<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>>)Apply<T, MultiplyFunction<T>>,
    ];
}
