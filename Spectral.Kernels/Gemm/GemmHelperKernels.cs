using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The pass after a product, and what every product ends with.</summary>
internal sealed class GemmHelperKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>C = alpha·(sum of the parts, in order) + bias (+ C).</summary>
    internal static void Gather<T>(
        ArrayView<T> parts, ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g)
        where T : unmanaged, INumber<T>
    {
        var size = g.M * g.P;
        for (var item = WorkItem.Index; item < g.Batch * size; item += WorkItem.Count)
        {
            var batch = item / size;
            var row = item % size / g.P;
            var column = item % g.P;
            var from = (batch * g.Segments * size) + (item % size);
            var sum = T.Zero;
            for (var s = 0; s < g.Segments; s++)
                sum += parts[from + (s * size)];
            var index = g.CStart + (batch * g.CBatch) + (row * g.CRow) + column;
            c[index] = Epilogue(c, bias, alpha, g, index, row, column, sum);
        }
    }

    /// <summary>alpha·sum + bias (+ C), for one element.</summary>
    internal static T Epilogue<T>(
        ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g, int index, int row, int column, T sum)
        where T : unmanaged, INumber<T>
    {
        var start = T.Zero;
        if (g.Accumulate != 0)
            start = c[index];
        if (g.Bias == 1)
            start += bias[column];
        if (g.Bias == 2)
            start += bias[row % g.BiasLength];
        return start + (alpha * sum);
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Gather,
    ];
}
