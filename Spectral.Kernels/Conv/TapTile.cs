using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Sums of four taps by two blocks of lanes (A and B), in registers: fewer loads for each multiply-add than six rows of
/// one block, and few taps to spare where a filter has eight.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TapTile<T, TLanes>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    /// <summary>Taps of a tile.</summary>
    public const int Taps = 4;

    public TLanes A0, A1, A2, A3, B0, B1, B2, B3;

    /// <summary>All zero.</summary>
    public static TapTile<T, TLanes> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            TapTile<T, TLanes> tile;
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

    /// <summary>Reads a tile; taps lie a pitch apart, block B lies behind A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TapTile<T, TLanes> Load(ArrayView<T> view, int from, int pitch)
    {
        TapTile<T, TLanes> tile;
        tile.A0 = Lanes.Load<T, TLanes>(view, from);
        tile.B0 = Lanes.Load<T, TLanes>(view, from + TLanes.Width);
        tile.A1 = Lanes.Load<T, TLanes>(view, from + pitch);
        tile.B1 = Lanes.Load<T, TLanes>(view, from + pitch + TLanes.Width);
        tile.A2 = Lanes.Load<T, TLanes>(view, from + (2 * pitch));
        tile.B2 = Lanes.Load<T, TLanes>(view, from + (2 * pitch) + TLanes.Width);
        tile.A3 = Lanes.Load<T, TLanes>(view, from + (3 * pitch));
        tile.B3 = Lanes.Load<T, TLanes>(view, from + (3 * pitch) + TLanes.Width);
        return tile;
    }

    /// <summary>Writes a tile as <see cref="Load"/> reads it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ArrayView<T> view, int to, int pitch, TapTile<T, TLanes> tile)
    {
        Lanes.Store(view, to, tile.A0);
        Lanes.Store(view, to + TLanes.Width, tile.B0);
        Lanes.Store(view, to + pitch, tile.A1);
        Lanes.Store(view, to + pitch + TLanes.Width, tile.B1);
        Lanes.Store(view, to + (2 * pitch), tile.A2);
        Lanes.Store(view, to + (2 * pitch) + TLanes.Width, tile.B2);
        Lanes.Store(view, to + (3 * pitch), tile.A3);
        Lanes.Store(view, to + (3 * pitch) + TLanes.Width, tile.B3);
    }

    /// <summary>Adds, for each of some channels, its four taps times its two blocks of outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TapTile<T, TLanes> AddOutputs(
        TapTile<T, TLanes> tile, ArrayView<T> w, int fromW, FourTaps taps, int stepW, ArrayView<T> dy, int from,
        int stepDy, int channels)
    {
        long i = fromW, j = from;
        for (var k = 0; k < channels; k++)
        {
            var a = Lanes.Load<T, TLanes>(dy, j);
            var b = Lanes.Load<T, TLanes>(dy, j + TLanes.Width);
            tile.A0 = TLanes.Add(tile.A0, w[i + taps.T0], a);
            tile.B0 = TLanes.Add(tile.B0, w[i + taps.T0], b);
            tile.A1 = TLanes.Add(tile.A1, w[i + taps.T1], a);
            tile.B1 = TLanes.Add(tile.B1, w[i + taps.T1], b);
            tile.A2 = TLanes.Add(tile.A2, w[i + taps.T2], a);
            tile.B2 = TLanes.Add(tile.B2, w[i + taps.T2], b);
            tile.A3 = TLanes.Add(tile.A3, w[i + taps.T3], a);
            tile.B3 = TLanes.Add(tile.B3, w[i + taps.T3], b);
            i += stepW;
            j += stepDy;
        }

        return tile;
    }

    /// <summary>Adds the products of two channels' outputs (A and B) with the inputs of four taps, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TapTile<T, TLanes> AddInputs(
        TapTile<T, TLanes> tile, ArrayView<T> x, int from, FourTaps taps, ArrayView<T> dy, int a, int b, int count)
    {
        long i = from, ja = a, jb = b;
        for (var l = 0; l < count; l += TLanes.Width)
        {
            var da = Lanes.Load<T, TLanes>(dy, ja);
            var db = Lanes.Load<T, TLanes>(dy, jb);
            var x0 = Lanes.Load<T, TLanes>(x, i + taps.T0);
            var x1 = Lanes.Load<T, TLanes>(x, i + taps.T1);
            var x2 = Lanes.Load<T, TLanes>(x, i + taps.T2);
            var x3 = Lanes.Load<T, TLanes>(x, i + taps.T3);
            tile.A0 = TLanes.Add(tile.A0, da, x0);
            tile.B0 = TLanes.Add(tile.B0, db, x0);
            tile.A1 = TLanes.Add(tile.A1, da, x1);
            tile.B1 = TLanes.Add(tile.B1, db, x1);
            tile.A2 = TLanes.Add(tile.A2, da, x2);
            tile.B2 = TLanes.Add(tile.B2, db, x2);
            tile.A3 = TLanes.Add(tile.A3, da, x3);
            tile.B3 = TLanes.Add(tile.B3, db, x3);
            i += TLanes.Width;
            ja += TLanes.Width;
            jb += TLanes.Width;
        }

        return tile;
    }
}

/// <summary>Four taps in a row, the last of all repeated, or what they add to a place.</summary>
internal struct FourTaps
{
    public int T0, T1, T2, T3;

    /// <summary>Their numbers.</summary>
    internal static FourTaps From(int first, int taps)
    {
        FourTaps four;
        four.T0 = first;
        four.T1 = Math.Min(first + 1, taps - 1);
        four.T2 = Math.Min(first + 2, taps - 1);
        four.T3 = Math.Min(first + 3, taps - 1);
        return four;
    }
}
