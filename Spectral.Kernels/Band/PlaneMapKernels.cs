using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of low-passes of planes, and where a work-item's scratch holds what; in elements.</summary>
internal struct PlaneMapArguments
{
    public int Planes, FromH, FromW, ToH, ToW;

    /// <summary>Parts that the columns of rows are dealt to.</summary>
    public int Parts;

    /// <summary>Scratch of a work-item: a plane in panels, six of its rows half done, a tile of the result.</summary>
    public int SlotLength, RowsAt, TileAt;
}

/// <summary>
/// Low-passes for CPUs: a work-item owns planes, one after another, and takes six rows at a time through both
/// products, so that nothing between them leaves its core's first cache.
/// </summary>
internal sealed class PlaneMapKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>,
            PlaneMapArguments>)Map<float, Lanes16<float>>,
        (Action<ArrayView<double>, ArrayView<double>, ArrayView<double>, ArrayView<double>, ArrayView<double>,
            PlaneMapArguments>)Map<double, Lanes8<double>>,
        (Action<ArrayView<float>, ArrayView<float>, ArrayView<float>, ArrayView<float>, PlaneMapArguments>)
            Rows<float, Lanes16<float>>,
        (Action<ArrayView<double>, ArrayView<double>, ArrayView<double>, ArrayView<double>, PlaneMapArguments>)
            Rows<double, Lanes8<double>>,
    ];

    /// <summary>
    /// y = D · x · Aᵀ for each plane; <paramref name="down"/> (D) in blocks of six rows and
    /// <paramref name="across"/> (A) in blocks of as many as there are lanes, as <see cref="TiledMatrix"/>.
    /// </summary>
    internal static void Map<T, TLanes>(
        ArrayView<T> x, ArrayView<T> down, ArrayView<T> across, ArrayView<T> y, ArrayView<T> scratch,
        PlaneMapArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var panels = (g.FromW + TLanes.Width - 1) / TLanes.Width;
        var panel = g.FromH * TLanes.Width;
        for (var plane = WorkItem.First(g.Planes); plane < WorkItem.End(g.Planes); plane++)
        {
            Pack<T, TLanes>(x, plane * g.FromH * g.FromW, scratch, slot, g);
            for (var row = 0; row < g.ToH; row += PanelTile<T, TLanes>.Rows)
            {
                for (var p = 0; p < panels; p++)
                {
                    var tile = PanelTile<T, TLanes>.Add<InterleavedRows>(
                        PanelTile<T, TLanes>.Zero, down, row * g.FromH, scratch, slot + (p * panel), g.FromH);
                    PanelTile<T, TLanes>.Store(
                        scratch, slot + g.RowsAt + (p * TLanes.Width), SeparateRows.Pitch, tile);
                }

                for (var column = 0; column < g.ToW; column += TLanes.Width)
                {
                    var tile = PanelTile<T, TLanes>.Add<SeparateRows>(
                        PanelTile<T, TLanes>.Zero, scratch, slot + g.RowsAt, across, column * g.FromW, g.FromW);
                    PanelTile<T, TLanes>.Store(scratch, slot + g.TileAt, TLanes.Width, tile);
                    Place<T, TLanes>(scratch, slot + g.TileAt, y, plane, row, column, g);
                }
            }
        }
    }

    /// <summary>y = x · Aᵀ for rows alone, those of one plane; a work-item for some columns of six rows.</summary>
    internal static void Rows<T, TLanes>(
        ArrayView<T> x, ArrayView<T> across, ArrayView<T> y, ArrayView<T> scratch, PlaneMapArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var blocks = (g.ToH + PanelTile<T, TLanes>.Rows - 1) / PanelTile<T, TLanes>.Rows;
        var panels = (g.ToW + TLanes.Width - 1) / TLanes.Width;
        for (var item = WorkItem.Index; item < blocks * g.Parts; item += WorkItem.Count)
        {
            var (row, part) = (item / g.Parts * PanelTile<T, TLanes>.Rows, item % g.Parts);
            var rows = SixRows.From(row, g.ToH, g.FromW);
            for (var panel = panels * part / g.Parts; panel < panels * (part + 1) / g.Parts; panel++)
            {
                var column = panel * TLanes.Width;
                var tile = PanelTile<T, TLanes>.Add(
                    PanelTile<T, TLanes>.Zero, x, rows, 0, 1, across, column * g.FromW, TLanes.Width, g.FromW);
                PanelTile<T, TLanes>.Store(scratch, slot, TLanes.Width, tile);
                Place<T, TLanes>(scratch, slot, y, 0, row, column, g);
            }
        }
    }

    /// <summary>A plane to panels [panel][row][lane]; what lies beyond its last column is never used.</summary>
    private static void Pack<T, TLanes>(
        ArrayView<T> x, int from, ArrayView<T> scratch, int to, PlaneMapArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        for (var column = 0; column < g.FromW; column += TLanes.Width)
        {
            var width = Math.Min(TLanes.Width, g.FromW - column);
            for (var row = 0; row < g.FromH; row++)
            {
                var at = from + (row * g.FromW) + column;
                if (width == TLanes.Width)
                    Lanes.Store(scratch, to, Lanes.Load<T, TLanes>(x, at));
                else
                    Lanes.Gather(x, at, 1, scratch, to, width);
                to += TLanes.Width;
            }
        }
    }

    private static void Place<T, TLanes>(
        ArrayView<T> scratch, int tile, ArrayView<T> y, int plane, int row, int column, PlaneMapArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var at = (((plane * g.ToH) + row) * g.ToW) + column;
        var rows = Math.Min(PanelTile<T, TLanes>.Rows, g.ToH - row);
        var width = Math.Min(TLanes.Width, g.ToW - column);
        for (var i = 0; i < rows; i++)
        {
            if (width == TLanes.Width)
                Lanes.Store(y, at, Lanes.Load<T, TLanes>(scratch, tile));
            else
                Lanes.Gather(scratch, tile, 1, y, at, width);
            at += g.ToW;
            tile += TLanes.Width;
        }
    }
}
