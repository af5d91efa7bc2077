using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sums along one axis, in a fixed order: passes of a <see cref="SumPlan"/>.</summary>
internal sealed class ReduceKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, SumPlan, float>)Sum,
        (Action<ArrayView<double>, ArrayView<double>, SumPlan, double>)Sum,
        (Action<ArrayView<float>, ArrayView<float>, SumPlan, float>)SumColumns,
        (Action<ArrayView<double>, ArrayView<double>, SumPlan, double>)SumColumns,
    ];

    /// <summary>y[o, s, i] = scale · Σ x[o, r, i] over the terms r of segment s, in eight sums.</summary>
    internal static void Sum<T>(ArrayView<T> x, ArrayView<T> y, SumPlan plan, T scale)
        where T : unmanaged, INumber<T>
    {
        for (var item = WorkItem.Index; item < plan.Items; item += WorkItem.Count)
        {
            var i = item % plan.Inner;
            var row = item / plan.Inner;
            var segment = row % plan.Segments;
            var p = (((row / plan.Segments * plan.Count) + (segment * plan.First)) * plan.Inner) + i;
            var step = plan.Step * plan.Inner;
            var terms = plan.TermsOf(segment);
            var eights = terms / 8;
            var (s0, s1, s2, s3) = (T.Zero, T.Zero, T.Zero, T.Zero);
            var (s4, s5, s6, s7) = (T.Zero, T.Zero, T.Zero, T.Zero);
            for (var r = 0; r < eights; r++)
            {
                s0 += x[p];
                s1 += x[p + step];
                s2 += x[p + (2 * step)];
                s3 += x[p + (3 * step)];
                s4 += x[p + (4 * step)];
                s5 += x[p + (5 * step)];
                s6 += x[p + (6 * step)];
                s7 += x[p + (7 * step)];
                p += 8 * step;
            }

            var sum = ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7));
            for (var r = 8 * eights; r < terms; r++)
            {
                sum += x[p];
                p += step;
            }

            y[item] = scale * sum;
        }
    }

    /// <summary>The same for eight adjacent i in one work-item, which CPUs add as a vector.</summary>
    internal static void SumColumns<T>(ArrayView<T> x, ArrayView<T> y, SumPlan plan, T scale)
        where T : unmanaged, INumber<T>
    {
        var blocks = (plan.Inner + SumPlan.Columns - 1) / SumPlan.Columns;
        for (var item = WorkItem.Index; item < plan.Items; item += WorkItem.Count)
        {
            var row = item / blocks;
            // The last block ends with the last column and repeats some of its neighbour's work: both write
            // the same sums there.
            var i = IntrinsicMath.Min(item % blocks * SumPlan.Columns, plan.Inner - SumPlan.Columns);
            var segment = row % plan.Segments;
            var p = (((row / plan.Segments * plan.Count) + (segment * plan.First)) * plan.Inner) + i;
            var terms = plan.TermsOf(segment);
            var (s0, s1, s2, s3) = (T.Zero, T.Zero, T.Zero, T.Zero);
            var (s4, s5, s6, s7) = (T.Zero, T.Zero, T.Zero, T.Zero);
            for (var r = 0; r < terms; r++)
            {
                s0 += x[p];
                s1 += x[p + 1];
                s2 += x[p + 2];
                s3 += x[p + 3];
                s4 += x[p + 4];
                s5 += x[p + 5];
                s6 += x[p + 6];
                s7 += x[p + 7];
                p += plan.Inner;
            }

            var q = (row * plan.Inner) + i;
            y[q] = scale * s0;
            y[q + 1] = scale * s1;
            y[q + 2] = scale * s2;
            y[q + 3] = scale * s3;
            y[q + 4] = scale * s4;
            y[q + 5] = scale * s5;
            y[q + 6] = scale * s6;
            y[q + 7] = scale * s7;
        }
    }
}
