using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Products of spectra for CPUs: a work-item owns four rows by one block of lanes of one frequency and
/// keeps their real and imaginary sums in registers.
/// </summary>
internal sealed class ComplexGemmVectorKernels : IKernelForms
{
    internal const int Rows = 4;

    /// <summary>From as many rows on panels pay also where b is contiguous.</summary>
    internal const int RowsForPanels = 32;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>All frequencies; the lanes lie along the columns, where b is contiguous.</summary>
    internal static void Multiply<T, TLanes, TProduct>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ComplexGemmArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
        where TProduct : struct, IComplexProduct<T>
    {
        var laneBlocks = (g.Columns + TLanes.Width - 1) / TLanes.Width;
        var rowBlocks = (g.Rows + Rows - 1) / Rows;
        var total = g.Frequencies * rowBlocks * laneBlocks;
        for (var item = WorkItem.Index; item < total; item += WorkItem.Count)
        {
            // The last block of lanes is moved back to end with the row, the last rows are repeated.
            var row = item % rowBlocks * Rows;
            var rest = item / rowBlocks;
            var block = rest % laneBlocks;
            var column = Math.Min(block * TLanes.Width, Math.Max(0, g.Columns - TLanes.Width));
            var f = rest / laneBlocks;

            var ia = (f * 2 * g.APlane) + (row * g.ARow);
            var ia1 = ia + (Math.Min(1, g.Rows - 1 - row) * g.ARow);
            var ia2 = ia + (Math.Min(2, g.Rows - 1 - row) * g.ARow);
            var ia3 = ia + (Math.Min(3, g.Rows - 1 - row) * g.ARow);
            var ib = (f * g.BFrequency) + (block * g.BBlock) + (column * g.BColumn);
            TLanes re0 = TLanes.Zero, re1 = TLanes.Zero, re2 = TLanes.Zero, re3 = TLanes.Zero;
            TLanes im0 = TLanes.Zero, im1 = TLanes.Zero, im2 = TLanes.Zero, im3 = TLanes.Zero;
            for (var l = 0; l < g.L; l++)
            {
                var bRe = Lanes.Load<T, TLanes>(b, ib);
                var bIm = Lanes.Load<T, TLanes>(b, ib + g.BPlane);
                TProduct.Add(ref re0, ref im0, a[ia], a[ia + g.APlane], bRe, bIm);
                TProduct.Add(ref re1, ref im1, a[ia1], a[ia1 + g.APlane], bRe, bIm);
                TProduct.Add(ref re2, ref im2, a[ia2], a[ia2 + g.APlane], bRe, bIm);
                TProduct.Add(ref re3, ref im3, a[ia3], a[ia3 + g.APlane], bRe, bIm);
                ia += g.AL;
                ia1 += g.AL;
                ia2 += g.AL;
                ia3 += g.AL;
                ib += g.BL;
            }

            var plane = g.Rows * g.Columns;
            var ic = (f * 2 * plane) + (row * g.Columns) + column;
            Write(c, ic, plane, re0, im0);
            if (row + 1 < g.Rows)
                Write(c, ic + g.Columns, plane, re1, im1);
            if (row + 2 < g.Rows)
                Write(c, ic + (2 * g.Columns), plane, re2, im2);
            if (row + 3 < g.Rows)
                Write(c, ic + (3 * g.Columns), plane, re3, im3);
        }
    }

    /// <summary>
    /// Copies b to panels [f][block][l][2][width], where a work-item finds its lanes in one run: strided
    /// operands become contiguous, and no power of two between rows fills the same cache lines.
    /// </summary>
    internal static void Panels<T, TLanes>(ArrayView<T> b, ArrayView<T> panels, ComplexGemmArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var blocks = (g.Columns + TLanes.Width - 1) / TLanes.Width;
        for (var item = WorkItem.Index; item < 2 * g.Frequencies * blocks; item += WorkItem.Count)
        {
            var part = item % 2;
            var block = item / 2 % blocks;
            var f = item / 2 / blocks;
            var column = Math.Min(block * TLanes.Width, Math.Max(0, g.Columns - TLanes.Width));
            var from = (f * g.BFrequency) + (part * g.BPlane) + (column * g.BColumn);
            var to = ((item / 2 * g.L * 2) + part) * TLanes.Width;
            for (var l = 0; l < g.L; l++)
            {
                Lanes.Store(panels, to, TLanes.Gather(b, from, g.BColumn));
                from += g.BL;
                to += 2 * TLanes.Width;
            }
        }
    }

    private static void Write<T, TLanes>(ArrayView<T> c, int index, int plane, TLanes re, TLanes im)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        Lanes.Store(c, index, re);
        Lanes.Store(c, index + plane, im);
    }

    private static IEnumerable<Delegate> Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Panels<T, Lanes4<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Panels<T, Lanes8<T>>,
        .. Forms<T, PlainProduct<T>>(), .. Forms<T, LeftConjugate<T>>(), .. Forms<T, RightConjugate<T>>(),
    ];

    private static Delegate[] Forms<T, TProduct>()
        where T : unmanaged, INumber<T>
        where TProduct : struct, IComplexProduct<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)
            Multiply<T, Lanes1<T>, TProduct>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)
            Multiply<T, Lanes4<T>, TProduct>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)
            Multiply<T, Lanes8<T>, TProduct>,
    ];
}
