using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Left operand of a product by panels: element (row, l) with l = (outer·Middle + middle)·Inner + inner lies
/// at Start + row·Row + outer·OuterStride + middle·MiddleStride + inner·InnerStride.
/// </summary>
internal struct PackArguments
{
    public int Batch, BatchStride, Rows, Start, Row;
    public int Outer, OuterStride, Middle, MiddleStride, Inner, InnerStride;
}

/// <summary>Packs the left operand of a product by panels.</summary>
internal static class PackKernels
{
    private const int Six = 6;

    /// <summary>
    /// To [batch][block of rows][l][6], a work-item for each block and outer index; rows beyond the last
    /// repeat it.
    /// </summary>
    internal static void Rows<T>(ArrayView<T> a, ArrayView<T> packed, PackArguments g)
        where T : unmanaged, INumber<T>
    {
        var blocks = (g.Rows + Six - 1) / Six;
        var total = g.Batch * blocks * g.Outer;
        for (var item = WorkItem.Index; item < total; item += WorkItem.Count)
        {
            var outer = item % g.Outer;
            var block = item / g.Outer % blocks;
            var batch = item / g.Outer / blocks;
            var row = block * Six;
            var left = g.Rows - 1 - row;
            var from = g.Start + (batch * g.BatchStride) + (row * g.Row) + (outer * g.OuterStride);
            var to = item * g.Middle * g.Inner * Six;
            for (var middle = 0; middle < g.Middle; middle++)
            {
                var i0 = from + (middle * g.MiddleStride);
                var i1 = i0 + (Math.Min(1, left) * g.Row);
                var i2 = i0 + (Math.Min(2, left) * g.Row);
                var i3 = i0 + (Math.Min(3, left) * g.Row);
                var i4 = i0 + (Math.Min(4, left) * g.Row);
                var i5 = i0 + (Math.Min(5, left) * g.Row);
                for (var inner = 0; inner < g.Inner; inner++)
                {
                    var step = inner * g.InnerStride;
                    packed[to] = a[i0 + step];
                    packed[to + 1] = a[i1 + step];
                    packed[to + 2] = a[i2 + step];
                    packed[to + 3] = a[i3 + step];
                    packed[to + 4] = a[i4 + step];
                    packed[to + 5] = a[i5 + step];
                    to += Six;
                }
            }
        }
    }
}
