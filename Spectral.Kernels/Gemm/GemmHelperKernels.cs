using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The passes before and after a product.</summary>
internal sealed class GemmHelperKernels : IKernelForms
{
    private const int PackWidth = 8;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>Copies a strided B to dense rows [batch][l][p], eight columns a work-item.</summary>
    internal static void Pack<T>(ArrayView<T> b, ArrayView<T> packed, int batches, GemmArguments g)
        where T : unmanaged, INumber<T>
    {
        var blocks = (g.P + PackWidth - 1) / PackWidth;
        for (var item = WorkItem.Index; item < batches * g.L * blocks; item += WorkItem.Count)
        {
            // Neighbours read neighbours: the contracted index runs fastest.
            var l = item % g.L;
            var rest = item / g.L;
            var first = rest % blocks * PackWidth;
            var batch = rest / blocks;
            var from = g.BStart + (batch * g.BBatch) + (l * g.BL) + (first * g.BColumn);
            var to = (((batch * g.L) + l) * g.P) + first;
            var count = Math.Min(PackWidth, g.P - first);
            for (var p = 0; p < count; p++)
                packed[to + p] = b[from + (p * g.BColumn)];
        }
    }

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
        (Action<ArrayView<T>, ArrayView<T>, int, GemmArguments>)Pack,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Gather,
    ];
}
