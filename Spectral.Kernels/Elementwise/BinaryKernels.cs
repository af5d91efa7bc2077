using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The two kernels of one function: for operands of one shape, and for broadcast ones.</summary>
internal readonly record struct BinaryPair<T>(
    Action<ArrayView<T>, ArrayView<T>, ArrayView<T>> Alike,
    Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, StridedLoop, StridedRuns> Broadcast)
    where T : unmanaged, INumber<T>;

/// <summary>Kernels of two arguments, generic over the function.</summary>
internal sealed class BinaryKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    internal static BinaryPair<T> Of<T>(BinaryKind kind) where T : unmanaged, INumber<T> => kind switch
    {
        BinaryKind.Add => Pair<T, AddFunction<T>>(),
        BinaryKind.Subtract => Pair<T, SubtractFunction<T>>(),
        BinaryKind.Multiply => Pair<T, MultiplyFunction<T>>(),
        BinaryKind.Divide => Pair<T, DivideFunction<T>>(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal static void Apply<T, TFunction>(ArrayView<T> a, ArrayView<T> b, ArrayView<T> y)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IBinaryFunction<T>
    {
        for (var i = WorkItem.Index; i < y.IntLength; i += WorkItem.Count)
            y[i] = TFunction.Apply(a[i], b[i]);
    }

    /// <summary>The result is contiguous, so only the operands have strides.</summary>
    internal static void Broadcast<T, TFunction>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> y, StridedLoop loop, StridedRuns runs)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IBinaryFunction<T>
    {
        for (var i = WorkItem.Index; i < runs.Count; i += WorkItem.Count)
        {
            var row = i / runs.PerRow;
            var start = loop.Start(row);
            var result = row * loop.Inner.Extent;
            var first = i % runs.PerRow * runs.Length;
            var end = IntrinsicMath.Min(first + runs.Length, loop.Inner.Extent);
            for (var j = first; j < end; j++)
                y[result + j] = TFunction.Apply(
                    a[start.A + (j * loop.Inner.StrideA)], b[start.B + (j * loop.Inner.StrideB)]);
        }
    }

    private static BinaryPair<T> Pair<T, TFunction>()
        where T : unmanaged, INumber<T>
        where TFunction : struct, IBinaryFunction<T> =>
        new(Apply<T, TFunction>, Broadcast<T, TFunction>);

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T>
    {
        foreach (var kind in Enum.GetValues<BinaryKind>())
        {
            var (alike, broadcast) = Of<T>(kind);
            yield return alike;
            yield return broadcast;
        }
    }
}
