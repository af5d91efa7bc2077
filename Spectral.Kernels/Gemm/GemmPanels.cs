using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>A matrix product as kernels by panels take it; strides in elements.</summary>
internal struct GemmPanels<T, TLanes> : IPanelProblem<T, TLanes, GemmPanels<T, TLanes>>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    public GemmArguments G;

    /// <summary>Distance of the packed rows of two batches; 0 if they share them.</summary>
    public int PackedBatch;

    public static int RowsAt(GemmPanels<T, TLanes> g, int batch) => batch * g.PackedBatch;

    public static void Pack(
        GemmPanels<T, TLanes> g, ArrayView<T> from, ArrayView<T> scratch, int to, int batch, int column,
        int first, int last)
    {
        var stride = g.G.BColumn;
        var at = g.G.BStart + (batch * g.G.BBatch) + (first * g.G.BL) + (column * stride);
        var width = Math.Min(TLanes.Width, g.G.P - column);
        for (var l = first; l < last; l++)
        {
            if (stride == 1 && width == TLanes.Width)
                Lanes.Store(scratch, to, Lanes.Load<T, TLanes>(from, at));
            else
                Lanes.Gather(from, at, stride, scratch, to, width);
            at += g.G.BL;
            to += TLanes.Width;
        }
    }

    public static void Place(
        GemmPanels<T, TLanes> g, ArrayView<T> c, ArrayView<T> bias, ArrayView<T> scratch, int tile, T alpha,
        int batch, int row, int column)
    {
        var index = g.G.CStart + (batch * g.G.CBatch) + (row * g.G.CRow) + column;
        var rows = Math.Min(PanelTile<T, TLanes>.Rows, g.G.M - row);
        var columns = Math.Min(TLanes.Width, g.G.P - column);
        for (var i = 0; i < rows; i++)
        {
            if (columns == TLanes.Width)
                GemmVectorKernels.Finish(
                    c, bias, alpha, g.G, index, row + i, column, Lanes.Load<T, TLanes>(scratch, tile));
            else
                for (var lane = 0; lane < columns; lane++)
                    c[index + lane] = GemmHelperKernels.Epilogue(
                        c, bias, alpha, g.G, index + lane, row + i, column + lane, scratch[tile + lane]);
            index += g.G.CRow;
            tile += TLanes.Width;
        }
    }
}
