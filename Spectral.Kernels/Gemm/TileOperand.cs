using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// What one work-item brings of an operand: of every slice of some rows of A or columns of B ("outer") by some steps
/// along the contracted index ("depth") four neighbours along whichever axis is contiguous, at once where they are
/// aligned. In shared memory a slice is [depth][outer], its rows padded, still in multiples of 16 bytes, to spread
/// over the banks.
/// </summary>
internal struct TileOperand
{
    /// <summary>Outer size and depth of the slices of the large tiles, which are square.</summary>
    internal const int Side = 64, Depth = 8;

    /// <summary>Fours of such a slice, and what they take in shared memory with the padding.</summary>
    internal const int Quads = Depth * Side / 4, PitchQuads = (Side + Padding) / 4, SliceQuads = Depth * PitchQuads;

    /// <summary>Elements that a row of a slice is longer in shared memory.</summary>
    internal const int Padding = 4;

    private int _index, _step, _stride, _outer, _depth, _wideFrom, _slot, _alongDepth;

    /// <summary>The q-th four of the large slices from an element on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TileOperand From(
        int start, int outerStride, int depthStride, int outer, int q, int plane = 0) =>
        From(start, outerStride, depthStride, outer, q, plane, Side, Depth, Depth);

    /// <summary>The q-th four of slices from an element on.</summary>
    /// <param name="start">The tile's first element.</param>
    /// <param name="outerStride">From one row of A or column of B to the next.</param>
    /// <param name="depthStride">Along the contracted index.</param>
    /// <param name="outer">Rows or columns that there are from the tile's first on.</param>
    /// <param name="q">Which four.</param>
    /// <param name="plane">Offset at which other parts of it are loaded too.</param>
    /// <param name="side">Outer size of a slice; a constant, like what follows.</param>
    /// <param name="depth">Depth of a slice.</param>
    /// <param name="step">Depth from one slice to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TileOperand From(
        int start, int outerStride, int depthStride, int outer, int q, int plane, int side, int depth, int step)
    {
        TileOperand mine = default;
        var alongDepth = depthStride == 1;
        var o = alongDepth ? q / (depth / 4) : q % (side / 4) * 4;
        var d = alongDepth ? q % (depth / 4) * 4 : q / (side / 4);
        mine._alongDepth = alongDepth ? 1 : 0;
        mine._index = start + (o * outerStride) + (d * depthStride);
        mine._step = step * depthStride;
        mine._stride = alongDepth ? 1 : outerStride;
        mine._outer = outer - o;
        mine._depth = d;
        mine._slot = (d * (side + Padding)) + o;

        // Four at once while so much of the depth is left; never where they are not aligned or not all there.
        var across = alongDepth ? outerStride : depthStride;
        var aligned = mine._stride == 1 && ((start | plane | across) & 3) == 0;
        var there = mine._outer >= (alongDepth ? 1 : 4);
        mine._wideFrom = aligned && there ? d + (alongDepth ? 4 : 1) : int.MaxValue;
        return mine;
    }

    /// <summary>The four of the slice under way, zeros beyond the edges; goes on to the next slice.</summary>
    /// <param name="from">The operand.</param>
    /// <param name="left">Depth that is left from this slice on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Lanes4<T> Load<T>(ArrayView<T> from, int left) where T : unmanaged, INumber<T>
    {
        var quad = Load(from, left, 0);
        Advance();
        return quad;
    }

    /// <summary>Goes on to the next slice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Advance() => _index += _step;

    /// <summary>The four of the slice under way and of another part of the operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly Lanes4<T> Load<T>(ArrayView<T> from, int left, int plane)
        where T : unmanaged, INumber<T>
    {
        var index = _index + plane;
        if (left >= _wideFrom)
            return Wide.Load(from, index);
        var (one, along) = _alongDepth != 0 ? (_outer, left - _depth) : (left - _depth, _outer);
        var count = one > 0 ? along : 0;
        var quad = Lanes4<T>.Zero;
        if (count > 0)
            quad.V0 = from[index];
        if (count > 1)
            quad.V1 = from[index + _stride];
        if (count > 2)
            quad.V2 = from[index + (2 * _stride)];
        if (count > 3)
            quad.V3 = from[index + (3 * _stride)];
        return quad;
    }

    /// <summary>Puts the four to its place in shared memory.</summary>
    /// <param name="slices">Shared memory.</param>
    /// <param name="at">Where the slice begins there, in fours.</param>
    /// <param name="quad">The elements.</param>
    /// <param name="side">Outer size of the slice.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Store<T>(ArrayView<T> slices, int at, Lanes4<T> quad, int side = Side)
        where T : unmanaged, INumber<T>
    {
        if (_alongDepth == 0)
        {
            Wide.Store(slices, (at * 4) + _slot, quad);
            return;
        }

        // A view of its own, so that the four differ by constants that the instructions hold.
        var mine = slices.SubView((at * 4) + _slot);
        var pitch = side + Padding;
        mine[0] = quad.V0;
        mine[pitch] = quad.V1;
        mine[2 * pitch] = quad.V2;
        mine[3 * pitch] = quad.V3;
    }
}
