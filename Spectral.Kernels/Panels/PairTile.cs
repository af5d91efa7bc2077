using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Sums of three rows by two blocks of lanes (A and B), in registers: for products of few rows with operands that come
/// in pairs, where <see cref="PanelTile{T, TLanes}"/> would leave rows empty.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PairTile<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 3;

    public TLanes A0, A1, A2, B0, B1, B2;

    /// <summary>All sums zero.</summary>
    public static PairTile<T, TLanes> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            PairTile<T, TLanes> tile;
            tile.A0 = TLanes.Zero;
            tile.A1 = TLanes.Zero;
            tile.A2 = TLanes.Zero;
            tile.B0 = TLanes.Zero;
            tile.B1 = TLanes.Zero;
            tile.B2 = TLanes.Zero;
            return tile;
        }
    }

    /// <summary>Adds three rows [l][3] of one operand times both blocks of the other.</summary>
    /// <param name="tile">The sums so far.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="row">Their first element.</param>
    /// <param name="panel">The blocks.</param>
    /// <param name="a">First element of block A.</param>
    /// <param name="b">First element of block B.</param>
    /// <param name="step">From a block to the one that the next elements of the rows meet.</param>
    /// <param name="count">How many products each sum takes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairTile<T, TLanes> Add(
        PairTile<T, TLanes> tile, ArrayView<T> rows, int row, ArrayView<T> panel, int a, int b, int step, int count)
    {
        long i = row, ja = a, jb = b;
        for (var l = 0; l < count; l++)
        {
            var va = Lanes.Load<T, TLanes>(panel, ja);
            var vb = Lanes.Load<T, TLanes>(panel, jb);
            tile.A0 = TLanes.Add(tile.A0, rows[i], va);
            tile.B0 = TLanes.Add(tile.B0, rows[i], vb);
            tile.A1 = TLanes.Add(tile.A1, rows[i + 1], va);
            tile.B1 = TLanes.Add(tile.B1, rows[i + 1], vb);
            tile.A2 = TLanes.Add(tile.A2, rows[i + 2], va);
            tile.B2 = TLanes.Add(tile.B2, rows[i + 2], vb);
            i += Rows;
            ja += step;
            jb += step;
        }

        return tile;
    }

    /// <summary>Writes a tile; rows lie a pitch apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ArrayView<T> view, int a, int b, int pitch, PairTile<T, TLanes> tile)
    {
        Lanes.Store(view, a, tile.A0);
        Lanes.Store(view, b, tile.B0);
        Lanes.Store(view, a + pitch, tile.A1);
        Lanes.Store(view, b + pitch, tile.B1);
        Lanes.Store(view, a + (2 * pitch), tile.A2);
        Lanes.Store(view, b + (2 * pitch), tile.B2);
    }
}
