using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Six rows of one block of lanes: the sums that a tile of a product keeps in registers. With lanes of 64
/// bytes these are twelve AVX registers, which leaves room for both operands among sixteen and is enough
/// to hide the latency of a fused multiply-add.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PanelTile<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 6;

    public TLanes S0, S1, S2, S3, S4, S5;

    /// <summary>All zero.</summary>
    public static PanelTile<T, TLanes> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            PanelTile<T, TLanes> tile;
            tile.S0 = TLanes.Zero;
            tile.S1 = TLanes.Zero;
            tile.S2 = TLanes.Zero;
            tile.S3 = TLanes.Zero;
            tile.S4 = TLanes.Zero;
            tile.S5 = TLanes.Zero;
            return tile;
        }
    }

    /// <summary>Adds the products of six rows of one operand with a panel [l][width] of the other.</summary>
    /// <param name="tile">Sums so far.</param>
    /// <param name="a">The rows.</param>
    /// <param name="ia">First element of the first row.</param>
    /// <param name="b">The panel.</param>
    /// <param name="ib">Its first element.</param>
    /// <param name="count">How many products each sum takes.</param>
    /// <typeparam name="TRows">How the rows lie.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelTile<T, TLanes> Add<TRows>(
        PanelTile<T, TLanes> tile, ArrayView<T> a, int ia, ArrayView<T> b, int ib, int count)
        where TRows : struct, IRowLayout
    {
        // Indices of 64 bits need no extension, so that each offset below is part of an instruction.
        long i = ia, j = ib;
        for (var l = 0; l < count; l++)
        {
            var vb = Lanes.Load<T, TLanes>(b, j);
            tile.S0 = TLanes.Add(tile.S0, a[i], vb);
            tile.S1 = TLanes.Add(tile.S1, a[i + TRows.Pitch], vb);
            tile.S2 = TLanes.Add(tile.S2, a[i + (2L * TRows.Pitch)], vb);
            tile.S3 = TLanes.Add(tile.S3, a[i + (3L * TRows.Pitch)], vb);
            tile.S4 = TLanes.Add(tile.S4, a[i + (4L * TRows.Pitch)], vb);
            tile.S5 = TLanes.Add(tile.S5, a[i + (5L * TRows.Pitch)], vb);
            i += TRows.Step;
            j += TLanes.Width;
        }

        return tile;
    }

    /// <summary>The same of rows and lanes that lie anywhere.</summary>
    /// <param name="tile">Sums so far.</param>
    /// <param name="a">The rows.</param>
    /// <param name="rows">Where they start.</param>
    /// <param name="ia">Added to that.</param>
    /// <param name="stepA">Distance along a row.</param>
    /// <param name="b">The lanes.</param>
    /// <param name="ib">The first of them.</param>
    /// <param name="stepB">Distance to the next ones.</param>
    /// <param name="count">How many products each sum takes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelTile<T, TLanes> Add(
        PanelTile<T, TLanes> tile, ArrayView<T> a, SixRows rows, int ia, int stepA, ArrayView<T> b, int ib, int stepB,
        int count)
    {
        long i = ia, j = ib;
        for (var l = 0; l < count; l++)
        {
            var vb = Lanes.Load<T, TLanes>(b, j);
            tile.S0 = TLanes.Add(tile.S0, a[i + rows.R0], vb);
            tile.S1 = TLanes.Add(tile.S1, a[i + rows.R1], vb);
            tile.S2 = TLanes.Add(tile.S2, a[i + rows.R2], vb);
            tile.S3 = TLanes.Add(tile.S3, a[i + rows.R3], vb);
            tile.S4 = TLanes.Add(tile.S4, a[i + rows.R4], vb);
            tile.S5 = TLanes.Add(tile.S5, a[i + rows.R5], vb);
            i += stepA;
            j += stepB;
        }

        return tile;
    }

    /// <summary>Reads a tile [row][width].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelTile<T, TLanes> Load(ArrayView<T> view, int from)
    {
        PanelTile<T, TLanes> tile;
        tile.S0 = Lanes.Load<T, TLanes>(view, from);
        tile.S1 = Lanes.Load<T, TLanes>(view, from + TLanes.Width);
        tile.S2 = Lanes.Load<T, TLanes>(view, from + (2 * TLanes.Width));
        tile.S3 = Lanes.Load<T, TLanes>(view, from + (3 * TLanes.Width));
        tile.S4 = Lanes.Load<T, TLanes>(view, from + (4 * TLanes.Width));
        tile.S5 = Lanes.Load<T, TLanes>(view, from + (5 * TLanes.Width));
        return tile;
    }

    /// <summary>Writes a tile [row][pitch].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ArrayView<T> view, int to, int pitch, PanelTile<T, TLanes> tile)
    {
        Lanes.Store(view, to, tile.S0);
        Lanes.Store(view, to + pitch, tile.S1);
        Lanes.Store(view, to + (2 * pitch), tile.S2);
        Lanes.Store(view, to + (3 * pitch), tile.S3);
        Lanes.Store(view, to + (4 * pitch), tile.S4);
        Lanes.Store(view, to + (5 * pitch), tile.S5);
    }
}

/// <summary>How the six rows of a tile's left operand lie: numbers that compilers see as constants.</summary>
internal interface IRowLayout
{
    /// <summary>Distance of the rows.</summary>
    static abstract int Pitch { get; }

    /// <summary>Distance along a row.</summary>
    static abstract int Step { get; }
}

/// <summary>[l][6]: packed once and read by many.</summary>
internal readonly struct InterleavedRows : IRowLayout
{
    public static int Pitch => 1;

    public static int Step => 6;
}

/// <summary>[6][pitch]: copied along the rows just before use.</summary>
internal readonly struct SeparateRows : IRowLayout
{
    /// <summary>Longest stretch of the contracted length that is held.</summary>
    public const int Length = 512;

    /// <summary>Not a power of two: the six rows then do not meet in the same sets of a cache.</summary>
    public static int Pitch => Length + 16;

    public static int Step => 1;
}
