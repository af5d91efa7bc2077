using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Real products for CPUs: a work-item owns four rows by one block of lanes and walks the contracted
/// length with everything in registers.
/// </summary>
internal sealed class GemmVectorKernels : IKernelForms
{
    /// <summary>Rows of a panel that one work-item copies.</summary>
    internal const int PanelRun = 64;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>C = alpha·A·B + bias (+ C); the lanes lie along the columns.</summary>
    internal static void Multiply<T, TLanes>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var laneBlocks = (g.P + TLanes.Width - 1) / TLanes.Width;
        var rowBlocks = (g.M + 3) / 4;
        var total = g.Batch * g.Segments * rowBlocks * laneBlocks;
        for (var item = WorkItem.Index; item < total; item += WorkItem.Count)
        {
            // The last block of lanes is moved back to end with the row, the last rows are repeated.
            var row = item % rowBlocks * 4;
            var rest = item / rowBlocks;
            var block = rest % laneBlocks;
            var column = Math.Min(block * TLanes.Width, Math.Max(0, g.P - TLanes.Width));
            rest /= laneBlocks;
            var batch = rest / g.Segments;
            var first = rest % g.Segments * g.SegmentLength;
            var last = Math.Min(g.L, first + g.SegmentLength);

            var ia = g.AStart + (batch * g.ABatch) + (row * g.ARow) + (first * g.AL);
            var ia1 = ia + (Math.Min(1, g.M - 1 - row) * g.ARow);
            var ia2 = ia + (Math.Min(2, g.M - 1 - row) * g.ARow);
            var ia3 = ia + (Math.Min(3, g.M - 1 - row) * g.ARow);
            var ib = g.BStart + (batch * g.BBatch) + (block * g.BBlock) + (column * g.BColumn)
                + (first * g.BL);
            var sum0 = TLanes.Zero;
            var sum1 = TLanes.Zero;
            var sum2 = TLanes.Zero;
            var sum3 = TLanes.Zero;
            for (var l = first; l < last; l++)
            {
                var vb = Lanes.Load<T, TLanes>(b, ib);
                sum0 = TLanes.Add(sum0, a[ia], vb);
                sum1 = TLanes.Add(sum1, a[ia1], vb);
                sum2 = TLanes.Add(sum2, a[ia2], vb);
                sum3 = TLanes.Add(sum3, a[ia3], vb);
                ia += g.AL;
                ia1 += g.AL;
                ia2 += g.AL;
                ia3 += g.AL;
                ib += g.BL;
            }

            var ic = g.CStart + (rest * g.CBatch) + (row * g.CRow) + column;
            Finish(c, bias, alpha, g, ic, row, column, sum0);
            if (row + 1 < g.M)
                Finish(c, bias, alpha, g, ic + g.CRow, row + 1, column, sum1);
            if (row + 2 < g.M)
                Finish(c, bias, alpha, g, ic + (2 * g.CRow), row + 2, column, sum2);
            if (row + 3 < g.M)
                Finish(c, bias, alpha, g, ic + (3 * g.CRow), row + 3, column, sum3);
        }
    }

    internal static void Finish<T, TLanes>(
        ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g, int index, int row, int column,
        TLanes sum)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var start = TLanes.Zero;
        if (g.Accumulate != 0)
            start = Lanes.Load<T, TLanes>(c, index);
        if (g.Bias == 1)
            start = TLanes.Add(start, T.One, Lanes.Load<T, TLanes>(bias, column));
        if (g.Bias == 2)
            start = TLanes.Add(start, T.One, TLanes.Fill(bias[row % g.BiasLength]));
        Lanes.Store(c, index, TLanes.Add(start, alpha, sum));
    }

    /// <summary>Copies B to panels [batch][block][l][width]; a run of a panel for each work-item.</summary>
    internal static void Panels<T, TLanes>(
        ArrayView<T> b, ArrayView<T> panels, int batches, GemmArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var blocks = (g.P + TLanes.Width - 1) / TLanes.Width;
        var runs = (g.L + PanelRun - 1) / PanelRun;
        for (var item = WorkItem.Index; item < batches * blocks * runs; item += WorkItem.Count)
        {
            var run = item % runs;
            var block = item / runs % blocks;
            var batch = item / runs / blocks;
            var column = Math.Min(block * TLanes.Width, Math.Max(0, g.P - TLanes.Width));
            var width = Math.Min(TLanes.Width, g.P);
            var last = Math.Min(g.L, (run + 1) * PanelRun);
            var from = g.BStart + (batch * g.BBatch) + (column * g.BColumn);
            var to = ((batch * blocks) + block) * g.L * TLanes.Width;
            for (var l = run * PanelRun; l < last; l++)
                Lanes.Gather(b, from + (l * g.BL), g.BColumn, panels, to + (l * TLanes.Width), width);
        }
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, int, GemmArguments>)Panels<T, Lanes4<T>>,
        (Action<ArrayView<T>, ArrayView<T>, int, GemmArguments>)Panels<T, Lanes8<T>>,
        (Action<ArrayView<T>, ArrayView<T>, int, GemmArguments>)Panels<T, Lanes16<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)
            Multiply<T, Lanes1<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)
            Multiply<T, Lanes4<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)
            Multiply<T, Lanes8<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)
            Multiply<T, Lanes16<T>>,
    ];
}
