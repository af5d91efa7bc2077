using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>What one work-item holds of a slice of A and of B: of each two fours, or one.</summary>
internal struct TileFours<T> where T : unmanaged, INumber<T>
{
    public Lanes4<T> A0, A1, B0, B1;
}

/// <summary>
/// Brings the slices of a tile's operands from global memory over the registers of one work-item to shared memory,
/// where a slice of A lies before one of B. Each slice has two parts, which follow each other: its halves along the
/// depth, or the real and the imaginary plane.
/// </summary>
internal struct TileFeed<TTile> where TTile : struct, ITile
{
    private TileOperand _a, _b;
    private int _partA, _partB, _secondA, _secondB, _beforeA, _beforeB, _ahead;

    /// <summary>Fours from row to row of a slice of A in shared memory.</summary>
    internal static int PitchA => (TTile.Rows + TileOperand.Padding) / 4;

    /// <summary>The same of B.</summary>
    internal static int PitchB => (TTile.Columns + TileOperand.Padding) / 4;

    /// <summary>Fours of a part of A.</summary>
    internal static int PartA => TTile.Depth * PitchA;

    /// <summary>Fours of a part of B.</summary>
    internal static int PartB => TTile.Depth * PitchB;

    /// <summary>Where the slice of B begins.</summary>
    internal static int OfB => 2 * PartA;

    /// <summary>Fours of both slices.</summary>
    internal static int Pair => OfB + (2 * PartB);

    /// <summary>Work-items that share the outputs of a tile.</summary>
    internal static int Outputs => TTile.Rows * TTile.Columns / 16;

    private static int QuadsA => TTile.Depth * TTile.Rows / 4;

    private static int QuadsB => TTile.Depth * TTile.Columns / 4;

    /// <summary>Whether a work-item brings a four of either part, or of one of them.</summary>
    private static bool BothA => QuadsA == Outputs * TTile.Parts;

    private static bool BothB => QuadsB == Outputs * TTile.Parts;

    /// <summary>For a tile of a product of complex planes.</summary>
    /// <param name="g">The product.</param>
    /// <param name="f">Its frequency.</param>
    /// <param name="row0">First row of the tile.</param>
    /// <param name="column0">First column of the tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TileFeed<TTile> OfPlanes(ComplexGemmArguments g, int f, int row0, int column0)
    {
        TileFeed<TTile> feed = default;
        feed.Deal();
        feed._a = TileOperand.From(
            (((2 * f) + feed._partA) * g.APlane) + (row0 * g.ARow), g.ARow, g.AL, g.Rows - row0,
            Group.IdxX % QuadsA, BothA ? g.APlane : 0, TTile.Rows, TTile.Depth, TTile.Depth);
        feed._b = TileOperand.From(
            (((2 * f) + feed._partB) * g.BPlane) + (column0 * g.BColumn), g.BColumn, g.BL, g.Columns - column0,
            Group.IdxX % QuadsB, BothB ? g.BPlane : 0, TTile.Columns, TTile.Depth, TTile.Depth);
        (feed._secondA, feed._secondB) = (g.APlane, g.BPlane);
        return feed;
    }

    /// <summary>For a tile of a real product.</summary>
    /// <param name="g">The product.</param>
    /// <param name="batch">Which of the batch.</param>
    /// <param name="first">First of the contracted index.</param>
    /// <param name="row0">First row of the tile.</param>
    /// <param name="column0">First column of the tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TileFeed<TTile> OfHalves(GemmArguments g, int batch, int first, int row0, int column0)
    {
        TileFeed<TTile> feed = default;
        feed.Deal();
        (feed._secondA, feed._secondB) = (TTile.Depth * g.AL, TTile.Depth * g.BL);
        feed._a = TileOperand.From(
            g.AStart + (batch * g.ABatch) + (row0 * g.ARow) + (first * g.AL) + (feed._partA * feed._secondA), g.ARow,
            g.AL, g.M - row0, Group.IdxX % QuadsA, BothA ? feed._secondA : 0, TTile.Rows, TTile.Depth,
            2 * TTile.Depth);
        feed._b = TileOperand.From(
            g.BStart + (batch * g.BBatch) + (column0 * g.BColumn) + (first * g.BL) + (feed._partB * feed._secondB),
            g.BColumn, g.BL, g.P - column0, Group.IdxX % QuadsB, BothB ? feed._secondB : 0, TTile.Columns,
            TTile.Depth, 2 * TTile.Depth);
        (feed._beforeA, feed._beforeB) = (feed._partA * TTile.Depth, feed._partB * TTile.Depth);
        feed._ahead = TTile.Depth;
        return feed;
    }

    /// <summary>The fours of the slices under way, zeros beyond the edges; goes on to the next slices.</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="left">Depth that is left from these slices on; there may be none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TileFours<T> Load<T>(ArrayView<T> a, ArrayView<T> b, int left) where T : unmanaged, INumber<T>
    {
        TileFours<T> fours = default;
        fours.A0 = _a.Load(a, left - _beforeA, 0);
        fours.B0 = _b.Load(b, left - _beforeB, 0);
        if (BothA)
            fours.A1 = _a.Load(a, left - _ahead, _secondA);
        if (BothB)
            fours.B1 = _b.Load(b, left - _ahead, _secondB);
        _a.Advance();
        _b.Advance();
        return fours;
    }

    /// <summary>Puts fours to their places in shared memory.</summary>
    /// <param name="shared">Shared memory.</param>
    /// <param name="at">Where the slices begin there, in fours.</param>
    /// <param name="fours">What <see cref="Load"/> gave.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Store<T>(ArrayView<T> shared, int at, TileFours<T> fours) where T : unmanaged, INumber<T>
    {
        _a.Store(shared, at + (_partA * PartA), fours.A0, TTile.Rows);
        _b.Store(shared, at + OfB + (_partB * PartB), fours.B0, TTile.Columns);
        if (BothA)
            _a.Store(shared, at + PartA, fours.A1, TTile.Rows);
        if (BothB)
            _b.Store(shared, at + OfB + PartB, fours.B1, TTile.Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deal()
    {
        _partA = BothA ? 0 : Group.IdxX / QuadsA;
        _partB = BothB ? 0 : Group.IdxX / QuadsB;
    }
}
