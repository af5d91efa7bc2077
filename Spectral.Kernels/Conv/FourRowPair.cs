using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Spectral.Kernels;

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
        get => 4 * FourRows.Count * TLanes.Width;
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

    /// <summary>Adds products as a tile does, of four blocks in a row.</summary>
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
            i += FourRows.Count;
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
