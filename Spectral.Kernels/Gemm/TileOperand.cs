using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// What one work-item brings of an operand: of every slice of 64 rows of A or columns of B ("outer") by 8
/// along the contracted index ("depth") four neighbours along whichever axis is contiguous, at once where
/// they are aligned. In shared memory a slice is [depth][64].
/// </summary>
internal struct TileOperand
{
    internal const int Side = 64;

    /// <summary>Depth of a slice.</summary>
    internal const int Depth = 8;

    /// <summary>
    /// Rows of a slice are padded, still in multiples of 16 bytes, to spread over the banks.
    /// </summary>
    private const int Pitch = Side + 4;

    /// <summary>Fours of a slice, and what they take in shared memory with the padding.</summary>
    internal const int Quads = Depth * Side / 4, PitchQuads = Pitch / 4, SliceQuads = Depth * PitchQuads;

    private int _index, _step, _stride, _outer, _depth, _wideFrom, _slot, _alongDepth;

    /// <summary>The q-th four of the slices from an element on.</summary>
    /// <param name="start">The tile's first element.</param>
    /// <param name="outerStride">From one row of A or column of B to the next.</param>
    /// <param name="depthStride">Along the contracted index.</param>
    /// <param name="outer">Rows or columns that there are from the tile's first on.</param>
    /// <param name="q">Which four.</param>
    /// <param name="plane">Offset at which other parts of it are loaded too.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TileOperand From(
        int start, int outerStride, int depthStride, int outer, int q, int plane = 0)
    {
        TileOperand mine = default;
        var alongDepth = depthStride == 1;
        var o = alongDepth ? q / (Depth / 4) : q % (Side / 4) * 4;
        var d = alongDepth ? q % (Depth / 4) * 4 : q / (Side / 4);
        mine._alongDepth = alongDepth ? 1 : 0;
        mine._index = start + (o * outerStride) + (d * depthStride);
        mine._step = Depth * depthStride;
        mine._stride = alongDepth ? 1 : outerStride;
        mine._outer = outer - o;
        mine._depth = d;
        mine._slot = (d * Pitch) + o;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly void Store<T>(ArrayView<T> slices, int at, Lanes4<T> quad)
        where T : unmanaged, INumber<T>
    {
        if (_alongDepth == 0)
        {
            Wide.Store(slices, (at * 4) + _slot, quad);
            return;
        }

        // A view of its own, so that the four differ by constants that the instructions hold.
        var mine = slices.SubView((at * 4) + _slot);
        mine[0] = quad.V0;
        mine[Pitch] = quad.V1;
        mine[2 * Pitch] = quad.V2;
        mine[3 * Pitch] = quad.V3;
    }
}
