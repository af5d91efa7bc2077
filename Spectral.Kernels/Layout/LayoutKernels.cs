using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Copies between layouts.</summary>
internal sealed class LayoutKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, StridedLoop, StridedRuns>)Copy,
        (Action<ArrayView<double>, ArrayView<double>, StridedLoop, StridedRuns>)Copy,
        (Action<ArrayView<int>, ArrayView<int>, StridedLoop, StridedRuns>)Copy,
    ];

    /// <summary>to[b] = from[a] for each step of the loop.</summary>
    internal static void Copy<T>(ArrayView<T> from, ArrayView<T> to, StridedLoop loop, StridedRuns runs)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < runs.Count; i += WorkItem.Count)
        {
            var start = loop.Start(i / runs.PerRow);
            var first = i % runs.PerRow * runs.Length;
            var end = IntrinsicMath.Min(first + runs.Length, loop.Inner.Extent);
            for (var j = first; j < end; j++)
                to[start.B + (j * loop.Inner.StrideB)] = from[start.A + (j * loop.Inner.StrideA)];
        }
    }
}
