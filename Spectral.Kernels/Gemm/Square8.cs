using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Eight by eight sums in the registers of one work-item.</summary>
internal struct Square8<T> where T : unmanaged, INumber<T>
{
    public Lanes8<T> R0, R1, R2, R3, R4, R5, R6, R7;

    /// <summary>
    /// Adds the products of eight elements of A with eight of B: each two fours, half a slice apart.
    /// </summary>
    /// <param name="a">Slice of A in fours, from this work-item's first on.</param>
    /// <param name="b">Slice of B, alike.</param>
    /// <param name="depth">Which depth.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(ArrayView<Lanes4<T>> a, ArrayView<Lanes4<T>> b, int depth)
    {
        const int Half = TileOperand.Side / 8;
        var at = depth * TileOperand.PitchQuads;
        var (a0, a1) = (a[at], a[at + Half]);
        var (b0, b1) = (b[at], b[at + Half]);
        Lanes8<T> row;
        (row.V0, row.V1, row.V2, row.V3) = (b0.V0, b0.V1, b0.V2, b0.V3);
        (row.V4, row.V5, row.V6, row.V7) = (b1.V0, b1.V1, b1.V2, b1.V3);
        R0 = Lanes8<T>.Add(R0, a0.V0, row);
        R1 = Lanes8<T>.Add(R1, a0.V1, row);
        R2 = Lanes8<T>.Add(R2, a0.V2, row);
        R3 = Lanes8<T>.Add(R3, a0.V3, row);
        R4 = Lanes8<T>.Add(R4, a1.V0, row);
        R5 = Lanes8<T>.Add(R5, a1.V1, row);
        R6 = Lanes8<T>.Add(R6, a1.V2, row);
        R7 = Lanes8<T>.Add(R7, a1.V3, row);
    }
}
