using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sums of four rows, taps or channels, by two blocks of lanes (A and B), in registers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FourRowTile<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
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
        Store(view, FourRows.From(0, FourRows.Count, 2 * TLanes.Width), to, TLanes.Width, tile);

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
            i += FourRows.Count;
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
