using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The kernel for CPUs: each work-item takes a few rows at a time, one in each lane of a vector, through
/// the whole transform in a slice of scratch of its own. No barrier, any group size.
/// </summary>
internal sealed class LanesFftKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        Form<PointLane<float>, float>(), Form<PointLane<double>, double>(),
        Form<PointLanes8<float>, float>(), Form<PointLanes8<double>, double>(),
    ];

    internal static void Transform<TLanes, T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<ComplexLanes<TLanes, T>> work,
        ArrayView<Complex<T>> table, ArrayView<int> stages, FftJob<T> job)
        where TLanes : unmanaged, IPointLanes<TLanes, T>
        where T : unmanaged, INumber<T>
    {
        var slice = 2 * job.Span * WorkItem.Index;
        var tilesInOuter = (job.Inner + TLanes.Count - 1) / TLanes.Count;
        for (var tile = WorkItem.Index; tile < job.Outer * tilesInOuter; tile += WorkItem.Count)
        {
            var outer = tile / tilesInOuter;
            var inner = (tile - (outer * tilesInOuter)) * TLanes.Count;
            var count = Math.Min(TLanes.Count, job.Inner - inner);

            // Step 1: the rows side by side into scratch.
            for (var i = 0; i < job.Span; i++)
                work[slice + i] = FftInput<TLanes, T>.Load(x, table, job, outer, inner, count, i);

            // Step 2: the stages, from one half of the slice to the other and back; twice to convolve.
            var from = slice;
            var to = slice + job.Span;
            var passes = job.Convolution > 0 ? 2 : 1;
            for (var pass = 0; pass < passes; pass++)
            {
                for (var i = 0; i < job.Convolution && pass == 1; i++)
                    work[from + i] = (work[from + i] * table[job.Spectrum + i]).Swapped;
                for (var s = 0; s < job.Stages; s++)
                {
                    var stage = FftStages.Read(stages, s);
                    for (var p = 0; p < stage.Groups; p++)
                        for (var q = 0; q < stage.Stride; q++)
                            Butterflies<TLanes, T>.Run(stage, p, q, work, from, to, table);
                    var swap = from;
                    from = to;
                    to = swap;
                }
            }

            // Step 3: the results to where they belong.
            var added = job.BiasLength > 0
                ? TLanes.GatherWrapped(bias, (outer * job.Inner) + inner, job.BiasLength)
                : TLanes.Zero;
            for (var k = 0; k < job.Results; k++)
                FftOutput<TLanes, T>.Store(work, from, y, added, table, job, outer, inner, count, k);
        }
    }

    private static Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<ComplexLanes<TLanes, T>>,
        ArrayView<Complex<T>>, ArrayView<int>, FftJob<T>> Form<TLanes, T>()
        where TLanes : unmanaged, IPointLanes<TLanes, T>
        where T : unmanaged, INumber<T> => Transform;
}
