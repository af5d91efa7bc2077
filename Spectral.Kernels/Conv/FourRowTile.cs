using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Sums of four rows, taps or channels, by two blocks of lanes (A and B), in registers.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FourRowTile<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 4;

    public TLanes A0, A1, A2, A3, B0, B1, B2, B3;

    /// <summary>All zero.</summary>
    public static FourRowTile<T, TLanes> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            FourRowTile<T, TLanes> tile;
            tile.A0 = TLanes.Zero;
            tile.A1 = TLanes.Zero;
            tile.A2 = TLanes.Zero;
            tile.A3 = TLanes.Zero;
            tile.B0 = TLanes.Zero;
            tile.B1 = TLanes.Zero;
            tile.B2 = TLanes.Zero;
            tile.B3 = TLanes.Zero;
            return tile;
        }
    }

    /// <summary>Reads a tile [row][block][width].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourRowTile<T, TLanes> Load(ArrayView<T> view, int from)
    {
        FourRowTile<T, TLanes> tile;
        tile.A0 = Lanes.Load<T, TLanes>(view, from);
        tile.B0 = Lanes.Load<T, TLanes>(view, from + TLanes.Width);
        tile.A1 = Lanes.Load<T, TLanes>(view, from + (2 * TLanes.Width));
        tile.B1 = Lanes.Load<T, TLanes>(view, from + (3 * TLanes.Width));
        tile.A2 = Lanes.Load<T, TLanes>(view, from + (4 * TLanes.Width));
        tile.B2 = Lanes.Load<T, TLanes>(view, from + (5 * TLanes.Width));
        tile.A3 = Lanes.Load<T, TLanes>(view, from + (6 * TLanes.Width));
        tile.B3 = Lanes.Load<T, TLanes>(view, from + (7 * TLanes.Width));
        return tile;
    }

    /// <summary>Writes a tile as <see cref="Load"/> reads it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ArrayView<T> view, int to, FourRowTile<T, TLanes> tile) =>
        Store(view, FourRows.From(0, Rows, 2 * TLanes.Width), to, TLanes.Width, tile);

    /// <summary>Writes a tile whose rows lie anywhere, block B some distance behind A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ArrayView<T> view, FourRows to, int at, int distance, FourRowTile<T, TLanes> tile)
    {
        Lanes.Store(view, to.R0 + at, tile.A0);
        Lanes.Store(view, to.R0 + at + distance, tile.B0);
        Lanes.Store(view, to.R1 + at, tile.A1);
        Lanes.Store(view, to.R1 + at + distance, tile.B1);
        Lanes.Store(view, to.R2 + at, tile.A2);
        Lanes.Store(view, to.R2 + at + distance, tile.B2);
        Lanes.Store(view, to.R3 + at, tile.A3);
        Lanes.Store(view, to.R3 + at + distance, tile.B3);
    }

    /// <summary>
    /// Adds products: each step takes four weights, which lie together, and two blocks of samples, the second some
    /// distance behind the first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourRowTile<T, TLanes> AddWeighted(
        FourRowTile<T, TLanes> tile, ArrayView<T> weights, int at, ArrayView<T> x, int from, int step, int distance,
        int count)
    {
        // Indices of 64 bits need no extension, so that each offset below is part of an instruction.
        long i = at, j = from;
        for (var l = 0; l < count; l++)
        {
            tile = AddWeighted(
                tile, weights, i, Lanes.Load<T, TLanes>(x, j), Lanes.Load<T, TLanes>(x, j + distance));
            i += Rows;
            j += step;
        }

        return tile;
    }

    /// <summary>Adds four weights times two blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourRowTile<T, TLanes> AddWeighted(
        FourRowTile<T, TLanes> tile, ArrayView<T> weights, long at, TLanes a, TLanes b)
    {
        tile.A0 = TLanes.Add(tile.A0, weights[at], a);
        tile.B0 = TLanes.Add(tile.B0, weights[at], b);
        tile.A1 = TLanes.Add(tile.A1, weights[at + 1], a);
        tile.B1 = TLanes.Add(tile.B1, weights[at + 1], b);
        tile.A2 = TLanes.Add(tile.A2, weights[at + 2], a);
        tile.B2 = TLanes.Add(tile.B2, weights[at + 2], b);
        tile.A3 = TLanes.Add(tile.A3, weights[at + 3], a);
        tile.B3 = TLanes.Add(tile.B3, weights[at + 3], b);
        return tile;
    }

    /// <summary>Adds the products of two channels' outputs with the inputs of four taps, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourRowTile<T, TLanes> AddProducts(
        FourRowTile<T, TLanes> tile, TLanes a, TLanes b, TLanes x0, TLanes x1, TLanes x2, TLanes x3)
    {
        tile.A0 = TLanes.Add(tile.A0, a, x0);
        tile.B0 = TLanes.Add(tile.B0, b, x0);
        tile.A1 = TLanes.Add(tile.A1, a, x1);
        tile.B1 = TLanes.Add(tile.B1, b, x1);
        tile.A2 = TLanes.Add(tile.A2, a, x2);
        tile.B2 = TLanes.Add(tile.B2, b, x2);
        tile.A3 = TLanes.Add(tile.A3, a, x3);
        tile.B3 = TLanes.Add(tile.B3, b, x3);
        return tile;
    }
}

/// <summary>Two tiles side by side: four rows of four blocks, sixteen registers of sums.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FourRowPair<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    public FourRowTile<T, TLanes> Low, High;

    /// <summary>Length of a pair in memory.</summary>
    public static int Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4 * FourRowTile<T, TLanes>.Rows * TLanes.Width;
    }

    /// <summary>All zero.</summary>
    public static FourRowPair<T, TLanes> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            FourRowPair<T, TLanes> pair;
            pair.Low = FourRowTile<T, TLanes>.Zero;
            pair.High = FourRowTile<T, TLanes>.Zero;
            return pair;
        }
    }

    /// <summary>Reads a pair, one tile behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourRowPair<T, TLanes> Load(ArrayView<T> view, int from)
    {
        FourRowPair<T, TLanes> pair;
        pair.Low = FourRowTile<T, TLanes>.Load(view, from);
        pair.High = FourRowTile<T, TLanes>.Load(view, from + (Length / 2));
        return pair;
    }

    /// <summary>Writes a pair as <see cref="Load"/> reads it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ArrayView<T> view, int to, FourRowPair<T, TLanes> pair)
    {
        FourRowTile<T, TLanes>.Store(view, to, pair.Low);
        FourRowTile<T, TLanes>.Store(view, to + (Length / 2), pair.High);
    }

    /// <summary>Adds products as <see cref="FourRowTile{T, TLanes}.AddWeighted(FourRowTile{T, TLanes}, ArrayView{T}, int, ArrayView{T}, int, int, int, int)"/>
    /// does, of four blocks in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourRowPair<T, TLanes> AddWeighted(
        FourRowPair<T, TLanes> pair, ArrayView<T> weights, int at, ArrayView<T> x, int from, int step, int count)
    {
        long i = at, j = from;
        for (var l = 0; l < count; l++)
        {
            var a = Lanes.Load<T, TLanes>(x, j);
            var b = Lanes.Load<T, TLanes>(x, j + TLanes.Width);
            var c = Lanes.Load<T, TLanes>(x, j + (2 * TLanes.Width));
            var d = Lanes.Load<T, TLanes>(x, j + (3 * TLanes.Width));
            pair.Low = FourRowTile<T, TLanes>.AddWeighted(pair.Low, weights, i, a, b);
            pair.High = FourRowTile<T, TLanes>.AddWeighted(pair.High, weights, i, c, d);
            i += FourRowTile<T, TLanes>.Rows;
            j += step;
        }

        return pair;
    }

    /// <summary>Adds the products of four channels' outputs with the inputs of four taps, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourRowPair<T, TLanes> AddProducts(
        FourRowPair<T, TLanes> pair, ArrayView<T> x, int from, FourRows taps, ArrayView<T> dy, FourRows channels,
        int count)
    {
        long x0 = from + taps.R0, x1 = from + taps.R1, x2 = from + taps.R2, x3 = from + taps.R3;
        long a = channels.R0, b = channels.R1, c = channels.R2, d = channels.R3;
        for (long l = 0; l < count; l += TLanes.Width)
        {
            var v0 = Lanes.Load<T, TLanes>(x, x0 + l);
            var v1 = Lanes.Load<T, TLanes>(x, x1 + l);
            var v2 = Lanes.Load<T, TLanes>(x, x2 + l);
            var v3 = Lanes.Load<T, TLanes>(x, x3 + l);
            pair.Low = FourRowTile<T, TLanes>.AddProducts(
                pair.Low, Lanes.Load<T, TLanes>(dy, a + l), Lanes.Load<T, TLanes>(dy, b + l), v0, v1, v2, v3);
            pair.High = FourRowTile<T, TLanes>.AddProducts(
                pair.High, Lanes.Load<T, TLanes>(dy, c + l), Lanes.Load<T, TLanes>(dy, d + l), v0, v1, v2, v3);
        }

        return pair;
    }

    /// <summary>The same of one block of outputs, each times a weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourRowPair<T, TLanes> AddProducts(
        FourRowPair<T, TLanes> pair, ArrayView<T> x, int from, FourRows taps, ArrayView<T> dy, FourRows channels,
        TLanes weights)
    {
        var v0 = Lanes.Load<T, TLanes>(x, from + taps.R0);
        var v1 = Lanes.Load<T, TLanes>(x, from + taps.R1);
        var v2 = Lanes.Load<T, TLanes>(x, from + taps.R2);
        var v3 = Lanes.Load<T, TLanes>(x, from + taps.R3);
        pair.Low = FourRowTile<T, TLanes>.AddProducts(
            pair.Low, Weighted(dy, channels.R0, weights), Weighted(dy, channels.R1, weights), v0, v1, v2, v3);
        pair.High = FourRowTile<T, TLanes>.AddProducts(
            pair.High, Weighted(dy, channels.R2, weights), Weighted(dy, channels.R3, weights), v0, v1, v2, v3);
        return pair;
    }

    private static TLanes Weighted(ArrayView<T> dy, int at, TLanes weights) =>
        TLanes.Add(TLanes.Zero, Lanes.Load<T, TLanes>(dy, at), weights);
}

/// <summary>Where four rows start.</summary>
internal struct FourRows
{
    public int R0, R1, R2, R3;

    /// <summary>Four rows from the first on, the last of all repeated, a pitch apart.</summary>
    internal static FourRows From(int first, int rows, int pitch)
    {
        FourRows four;
        four.R0 = first * pitch;
        four.R1 = Math.Min(first + 1, rows - 1) * pitch;
        four.R2 = Math.Min(first + 2, rows - 1) * pitch;
        four.R3 = Math.Min(first + 3, rows - 1) * pitch;
        return four;
    }

    /// <summary>All moved.</summary>
    internal static FourRows Moved(FourRows rows, int by)
    {
        rows.R0 += by;
        rows.R1 += by;
        rows.R2 += by;
        rows.R3 += by;
        return rows;
    }
}
