using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sums along one axis, in a fixed order.</summary>
internal sealed class ReduceKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, int, int>)Sum,
        (Action<ArrayView<double>, ArrayView<double>, int, int>)Sum,
    ];

    /// <summary>y[o, i] = Σ_r x[o, r, i]; one work-item sums one output.</summary>
    internal static void Sum<T>(ArrayView<T> x, ArrayView<T> y, int count, int inner)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < y.IntLength; i += WorkItem.Count)
        {
            var start = (i / inner * inner * count) + (i % inner);
            var sum = T.Zero;
            for (var r = 0; r < count; r++)
                sum += x[start + (r * inner)];
            y[i] = sum;
        }
    }
}
