using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Largest elements along one axis.</summary>
internal sealed class MaxKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, ArrayView<int>, int, int>)Find,
        (Action<ArrayView<double>, ArrayView<double>, ArrayView<int>, int, int>)Find,
        (Action<ArrayView<float>, ArrayView<int>, ArrayView<float>, int, int>)Gradient,
        (Action<ArrayView<double>, ArrayView<int>, ArrayView<double>, int, int>)Gradient,
    ];

    /// <summary>
    /// y[o, i] = max_r x[o, r, i] and the first r that has it; the first NaN counts as the largest. One
    /// work-item an output.
    /// </summary>
    internal static void Find<T>(ArrayView<T> x, ArrayView<T> y, ArrayView<int> index, int count, int inner)
        where T : unmanaged, INumber<T>
    {
        for (var item = WorkItem.Index; item < y.IntLength; item += WorkItem.Count)
        {
            var start = (item / inner * inner * count) + (item % inner);
            var best = x[start];
            var at = 0;
            for (var r = 1; r < count; r++)
            {
                var value = x[start + (r * inner)];
                if (value > best || (T.IsNaN(value) && !T.IsNaN(best)))
                {
                    best = value;
                    at = r;
                }
            }

            y[item] = best;
            index[item] = at;
        }
    }

    /// <summary>dx[o, r, i] = dy[o, i] where r is the largest's index, 0 elsewhere.</summary>
    internal static void Gradient<T>(
        ArrayView<T> dy, ArrayView<int> index, ArrayView<T> dx, int count, int inner)
        where T : unmanaged, INumber<T>
    {
        for (var item = WorkItem.Index; item < dx.IntLength; item += WorkItem.Count)
        {
            var row = item / inner;
            var output = (row / count * inner) + (item % inner);
            dx[item] = row % count == index[output] ? dy[output] : T.Zero;
        }
    }
}
