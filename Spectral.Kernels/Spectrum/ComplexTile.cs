using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Four rows of one block of lanes: the complex sums that a tile of a product of spectra keeps in registers.
/// With lanes of one register these are eight registers, each added to twice a step, which hides the latency
/// of a fused multiply-add and leaves room for the operands among sixteen.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ComplexTile<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 4;

    public TLanes Re0, Im0, Re1, Im1, Re2, Im2, Re3, Im3;

    /// <summary>Blocks of lanes in a tile.</summary>
    public static int Blocks => 2 * Rows;

    /// <summary>First row of a block.</summary>
    /// <param name="block">Which.</param>
    /// <param name="rows">Rows of the product.</param>
    /// <typeparam name="TRows">How the rows lie.</typeparam>
    public static int Row<TRows>(int block, int rows) where TRows : struct, IRowDirection =>
        TRows.AreNeighbours ? Math.Min(block * Rows, rows - Rows) : block * Rows;

    /// <summary>All zero.</summary>
    public static ComplexTile<T, TLanes> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ComplexTile<T, TLanes> tile;
            tile.Re0 = TLanes.Zero;
            tile.Im0 = TLanes.Zero;
            tile.Re1 = TLanes.Zero;
            tile.Im1 = TLanes.Zero;
            tile.Re2 = TLanes.Zero;
            tile.Im2 = TLanes.Zero;
            tile.Re3 = TLanes.Zero;
            tile.Im3 = TLanes.Zero;
            return tile;
        }
    }

    /// <summary>Adds the products of four rows with a panel [l][2][width].</summary>
    /// <param name="tile">Sums so far.</param>
    /// <param name="a">The rows: a plane of real parts, and one of imaginary parts.</param>
    /// <param name="rows">Where they lie.</param>
    /// <param name="b">The panel.</param>
    /// <param name="ib">Its first element.</param>
    /// <param name="count">How many products each sum takes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexTile<T, TLanes> Add<TRows, TProduct>(
        ComplexTile<T, TLanes> tile, ArrayView<T> a, ComplexRows rows, ArrayView<T> b, int ib, int count)
        where TRows : struct, IRowDirection
        where TProduct : struct, IComplexProduct<T>
    {
        // Indices of 64 bits need no extension, so that each offset below is part of an instruction; eight
        // fixed starts and one running index leave the compiler nothing to compute.
        long at = 0, j = ib;
        var re0 = a.SubView(rows.First);
        var re1 = a.SubView(rows.First + (TRows.AreNeighbours ? 1 : rows.To1));
        var re2 = a.SubView(rows.First + (TRows.AreNeighbours ? 2 : rows.To2));
        var re3 = a.SubView(rows.First + (TRows.AreNeighbours ? 3 : rows.To3));
        var im0 = a.SubView(rows.First + rows.Plane);
        var im1 = a.SubView(rows.First + rows.Plane + (TRows.AreNeighbours ? 1 : rows.To1));
        var im2 = a.SubView(rows.First + rows.Plane + (TRows.AreNeighbours ? 2 : rows.To2));
        var im3 = a.SubView(rows.First + rows.Plane + (TRows.AreNeighbours ? 3 : rows.To3));
        for (var l = 0; l < count; l++)
        {
            var re = Lanes.Load<T, TLanes>(b, j);
            var im = Lanes.Load<T, TLanes>(b, j + TLanes.Width);
            TProduct.Add(ref tile.Re0, ref tile.Im0, re0[at], im0[at], re, im);
            TProduct.Add(ref tile.Re1, ref tile.Im1, re1[at], im1[at], re, im);
            TProduct.Add(ref tile.Re2, ref tile.Im2, re2[at], im2[at], re, im);
            TProduct.Add(ref tile.Re3, ref tile.Im3, re3[at], im3[at], re, im);
            at += TRows.IsAlong ? 1 : rows.Step;
            j += 2 * TLanes.Width;
        }

        return tile;
    }

    /// <summary>Reads a tile [row][2][width].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexTile<T, TLanes> Load(ArrayView<T> view, int from)
    {
        ComplexTile<T, TLanes> tile;
        tile.Re0 = Lanes.Load<T, TLanes>(view, from);
        tile.Im0 = Lanes.Load<T, TLanes>(view, from + TLanes.Width);
        tile.Re1 = Lanes.Load<T, TLanes>(view, from + (2 * TLanes.Width));
        tile.Im1 = Lanes.Load<T, TLanes>(view, from + (3 * TLanes.Width));
        tile.Re2 = Lanes.Load<T, TLanes>(view, from + (4 * TLanes.Width));
        tile.Im2 = Lanes.Load<T, TLanes>(view, from + (5 * TLanes.Width));
        tile.Re3 = Lanes.Load<T, TLanes>(view, from + (6 * TLanes.Width));
        tile.Im3 = Lanes.Load<T, TLanes>(view, from + (7 * TLanes.Width));
        return tile;
    }

    /// <summary>Writes a tile [row][2][width].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ArrayView<T> view, int to, ComplexTile<T, TLanes> tile)
    {
        Lanes.Store(view, to, tile.Re0);
        Lanes.Store(view, to + TLanes.Width, tile.Im0);
        Lanes.Store(view, to + (2 * TLanes.Width), tile.Re1);
        Lanes.Store(view, to + (3 * TLanes.Width), tile.Im1);
        Lanes.Store(view, to + (4 * TLanes.Width), tile.Re2);
        Lanes.Store(view, to + (5 * TLanes.Width), tile.Im2);
        Lanes.Store(view, to + (6 * TLanes.Width), tile.Re3);
        Lanes.Store(view, to + (7 * TLanes.Width), tile.Im3);
    }
}

/// <summary>Where the four rows of a tile's left operand lie; rows beyond the last repeat it.</summary>
internal struct ComplexRows(int first, int row, int left, int step, int plane)
{
    /// <summary>First element of the first row.</summary>
    public int First = first;

    /// <summary>From there to the other rows.</summary>
    public int To1 = Math.Min(1, left) * row, To2 = Math.Min(2, left) * row, To3 = Math.Min(3, left) * row;

    /// <summary>Distance along a row, and from a real part to the imaginary part.</summary>
    public int Step = step, Plane = plane;
}

/// <summary>How the rows of a tile's left operand lie in memory: what compilers see as a constant.</summary>
internal interface IRowDirection
{
    /// <summary>Whether neighbours along a row are neighbours in memory.</summary>
    static abstract bool IsAlong { get; }

    /// <summary>Whether neighbouring rows are: a last tile is then the last four of them.</summary>
    static abstract bool AreNeighbours { get; }
}

/// <summary>Rows in memory are rows of the product.</summary>
internal readonly struct AlongRows : IRowDirection
{
    public static bool IsAlong => true;

    public static bool AreNeighbours => false;
}

/// <summary>Rows in memory are columns of the product, four of them or more.</summary>
internal readonly struct AcrossRows : IRowDirection
{
    public static bool IsAlong => false;

    public static bool AreNeighbours => true;
}

/// <summary>The same, fewer than four.</summary>
internal readonly struct AcrossFewRows : IRowDirection
{
    public static bool IsAlong => false;

    public static bool AreNeighbours => false;
}
