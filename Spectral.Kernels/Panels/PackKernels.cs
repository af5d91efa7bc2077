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

/// <summary>Packs those operands of products by panels that all work-items read.</summary>
internal static class PackKernels
{
    /// <summary>Length of a row or panel that one work-item copies.</summary>
    internal const int Run = 64;

    private const int Six = 6;

    /// <summary>
    /// To [batch][block of rows][l][6], a work-item for each block, outer index and run; nothing
    /// beyond the last row.
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
            var rows = Math.Min(Six, g.Rows - row);
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
                    Lanes.Gather(a, at, g.Row, packed, j, rows);
                    at += g.InnerStride;
                    j += Six;
                }
            }
        }
    }

    /// <summary>
    /// To [batch][panel][l][width], run by run in the order of what is read, which then comes ahead of its use;
    /// nothing beyond the last column. Scratch has room for a run of each work-item.
    /// </summary>
    internal static void Columns<T, TLanes>(
        ArrayView<T> b, ArrayView<T> packed, ArrayView<T> scratch, PackColumnsArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var panels = (g.Columns + TLanes.Width - 1) / TLanes.Width;
        var runs = (g.Inner + Run - 1) / Run;
        var total = g.Batch * g.Outer * panels * runs;
        for (var item = WorkItem.First(total); item < WorkItem.End(total); item++)
        {
            var first = item % runs * Run;
            var panel = item / runs % panels;
            var outer = item / runs / panels % g.Outer;
            var batch = item / runs / panels / g.Outer;
            var count = Math.Min(Run, g.Inner - first);
            var column = panel * TLanes.Width;
            var width = Math.Min(TLanes.Width, g.Columns - column);
            var from = g.Start + (batch * g.BatchStride) + (outer * g.OuterStride)
                + (first * g.InnerStride) + (column * g.Column);
            var to = ((((((batch * panels) + panel) * g.Outer) + outer) * g.Inner) + first) * TLanes.Width;
            if (g.InnerStride == 1 && g.Inner == 3 && g.Column == 3)
            {
                Shuffle.PartThree(b, from, packed, to, TLanes.Width, width);
                continue;
            }

            if (g.InnerStride == 1 && g.Column != 1)
            {
                AdjacentRows.TakeSamples<T, TLanes>(
                    b, from, g.Column, count, packed, scratch, to, WorkItem.Index * Run * TLanes.Width, width);
                continue;
            }

            for (var l = 0; l < count; l++)
            {
                if (g.Column == 1 && width == TLanes.Width)
                    Lanes.Store(packed, to, Lanes.Load<T, TLanes>(b, from));
                else
                    Lanes.Gather(b, from, g.Column, packed, to, width);
                from += g.InnerStride;
                to += TLanes.Width;
            }
        }
    }
}
