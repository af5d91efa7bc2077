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

    /// <summary>Axes that follow each other without a gap become one: longer runs.</summary>
    public PackArguments Merged()
    {
        var g = this;
        if (g.MiddleStride == g.Inner * g.InnerStride)
            (g.Inner, g.Middle, g.MiddleStride) = (g.Inner * g.Middle, 1, 0);
        if (g.Middle == 1 && g.OuterStride == g.Inner * g.InnerStride)
            (g.Inner, g.Outer, g.OuterStride) = (g.Inner * g.Outer, 1, 0);
        return g;
    }

    /// <summary>Work-items that <see cref="PackKernels.Rows"/> has a use for.</summary>
    public readonly long Items =>
        (long)Batch * GemmPlan.Blocks(Rows, PanelPlan.TileRows) * Outer
            * Math.Max(1, GemmPlan.Blocks(Inner, PackKernels.Run));
}

/// <summary>
/// Right operand of a product by rows: element (l, column) with l = outer·Inner + inner lies at Start +
/// outer·OuterStride + inner·InnerStride + column·Column.
/// </summary>
internal struct PackColumnsArguments
{
    public int Batch, BatchStride, Columns, Start, Column;
    public int Outer, OuterStride, Inner, InnerStride;
}

/// <summary>Packs those operands of products by panels that all work-items read.</summary>
internal static class PackKernels
{
    /// <summary>Length of a row or panel that one work-item copies.</summary>
    internal const int Run = 64;

    private const int Six = 6;

    /// <summary>
    /// To [batch][block of rows][l][6], a work-item for each block, outer index and run; rows beyond the
    /// last repeat it.
    /// </summary>
    internal static void Rows<T>(ArrayView<T> a, ArrayView<T> packed, PackArguments g)
        where T : unmanaged, INumber<T>
    {
        var blocks = (g.Rows + Six - 1) / Six;
        var runs = (g.Inner + Run - 1) / Run;
        var total = g.Batch * blocks * g.Outer * runs;
        for (var item = WorkItem.Index; item < total; item += WorkItem.Count)
        {
            var first = item % runs * Run;
            var rest = item / runs;
            var outer = rest % g.Outer;
            var block = rest / g.Outer % blocks;
            var batch = rest / g.Outer / blocks;
            var row = block * Six;
            var left = g.Rows - 1 - row;
            var from = g.Start + (batch * g.BatchStride) + (row * g.Row) + (outer * g.OuterStride)
                + (first * g.InnerStride);
            var to = ((rest * g.Middle * g.Inner) + first) * Six;
            var count = Math.Min(Run, g.Inner - first);
            for (var middle = 0; middle < g.Middle; middle++)
            {
                var at = from + (middle * g.MiddleStride);
                var j = to + (middle * g.Inner * Six);
                for (var inner = 0; inner < count; inner++)
                {
                    // Along the block, see Lanes.Gather.
                    for (var i = 0; i < Six; i++)
                        packed[j + i] = a[at + (Math.Min(i, left) * g.Row)];
                    at += g.InnerStride;
                    j += Six;
                }
            }
        }
    }

    /// <summary>
    /// To [batch][panel][l][width], a work-item for each run; columns beyond the last repeat it.
    /// </summary>
    internal static void Columns<T, TLanes>(ArrayView<T> b, ArrayView<T> packed, PackColumnsArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var panels = (g.Columns + TLanes.Width - 1) / TLanes.Width;
        var runs = (g.Inner + Run - 1) / Run;
        var total = g.Batch * panels * g.Outer * runs;
        for (var item = WorkItem.Index; item < total; item += WorkItem.Count)
        {
            var first = item % runs * Run;
            var outer = item / runs % g.Outer;
            var panel = item / runs / g.Outer % panels;
            var batch = item / runs / g.Outer / panels;
            var count = Math.Min(Run, g.Inner - first);
            var column = panel * TLanes.Width;
            var width = Math.Min(TLanes.Width, g.Columns - column);
            var from = g.Start + (batch * g.BatchStride) + (outer * g.OuterStride)
                + (first * g.InnerStride) + (column * g.Column);
            var to = ((((((batch * panels) + panel) * g.Outer) + outer) * g.Inner) + first) * TLanes.Width;
            if (width == TLanes.Width && g.Column == 1)
            {
                for (var l = 0; l < count; l++)
                    Lanes.Store(
                        packed, to + (l * TLanes.Width),
                        Lanes.Load<T, TLanes>(b, from + (l * g.InnerStride)));
            }
            else if (width == TLanes.Width)
            {
                for (var l = 0; l < count; l++)
                    Lanes.Gather<T, TLanes>(
                        b, from + (l * g.InnerStride), g.Column, packed, to + (l * TLanes.Width));
            }
            else
            {
                for (var lane = 0; lane < TLanes.Width; lane++)
                {
                    var at = from + (Math.Min(lane, width - 1) * g.Column);
                    for (var l = 0; l < count; l++)
                        packed[to + (l * TLanes.Width) + lane] = b[at + (l * g.InnerStride)];
                }
            }
        }
    }
}
