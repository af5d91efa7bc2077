using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// Large real products for GPUs: a group of 64 computes a tile of 64x64 outputs from slices of both operands in
/// shared memory, eight by eight outputs a work-item in registers. While one pair of slices is worked on, the
/// next is on its way from global memory, and goes to the other half of the shared memory.
/// </summary>
internal sealed class GemmLargeTileKernels : IKernelForms
{
    internal const int Threads = 64;
    internal const int Side = TileOperand.Side;

    private const int Depth = TileOperand.Depth;

    /// <summary>A slice of A and one of B.</summary>
    private const int PairQuads = 2 * TileOperand.SliceQuads;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>C = alpha·A·B + bias (+ C).</summary>
    internal static void Multiply<T>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g)
        where T : unmanaged, INumber<T>
    {
        var shared = SharedMemory.Allocate<T>(2 * PairQuads * 4);
        var slices = shared.Cast<Lanes4<T>>().AsAligned(16);
        var rowTiles = (g.M + Side - 1) / Side;
        var columnTiles = (g.P + Side - 1) / Side;
        var total = g.Batch * g.Segments * rowTiles * columnTiles;
        var thread = Group.IdxX;
        var (rowQuad, columnQuad) = (thread / 8, thread % 8);
        for (var tile = Grid.IdxX; tile < total; tile += Grid.DimX)
        {
            var column0 = tile % columnTiles * Side;
            var rest = tile / columnTiles;
            var row0 = rest % rowTiles * Side;
            rest /= rowTiles;
            var batch = rest / g.Segments;
            var first = rest % g.Segments * g.SegmentLength;
            var length = Math.Min(g.L - first, g.SegmentLength);
            var startA = g.AStart + (batch * g.ABatch) + (row0 * g.ARow) + (first * g.AL);
            var startB = g.BStart + (batch * g.BBatch) + (column0 * g.BColumn) + (first * g.BL);
            var fromA0 = TileOperand.From(startA, g.ARow, g.AL, g.M - row0, thread);
            var fromA1 = TileOperand.From(startA, g.ARow, g.AL, g.M - row0, thread + Threads);
            var fromB0 = TileOperand.From(startB, g.BColumn, g.BL, g.P - column0, thread);
            var fromB1 = TileOperand.From(startB, g.BColumn, g.BL, g.P - column0, thread + Threads);

            Square8<T> sums = default;
            var at = 0;
            var (a0, a1) = (fromA0.Load(a, length), fromA1.Load(a, length));
            var (b0, b1) = (fromB0.Load(b, length), fromB1.Load(b, length));
            for (var left = length; left > 0; left -= Depth)
            {
                fromA0.Store(shared, at, a0);
                fromA1.Store(shared, at, a1);
                fromB0.Store(shared, at + TileOperand.SliceQuads, b0);
                fromB1.Store(shared, at + TileOperand.SliceQuads, b1);
                Group.Barrier();
                a0 = fromA0.Load(a, left - Depth);
                a1 = fromA1.Load(a, left - Depth);
                b0 = fromB0.Load(b, left - Depth);
                b1 = fromB1.Load(b, left - Depth);

                for (var d = 0; d < Depth; d += 2)
                {
                    var ofA = slices.SubView(at + (d * TileOperand.PitchQuads) + rowQuad);
                    var ofB = slices.SubView(
                        at + TileOperand.SliceQuads + (d * TileOperand.PitchQuads) + columnQuad);
                    sums.Add(ofA, ofB, 0);
                    sums.Add(ofA, ofB, 1);
                }

                // The other half is free: who has passed the barrier is done with it.
                at = PairQuads - at;
            }

            Group.Barrier();
            var row = row0 + (rowQuad * 4);
            var column = column0 + (columnQuad * 4);
            var start = g.CStart + (rest * g.CBatch);
            Finish(c, bias, alpha, g, start, row, column, sums.R0);
            Finish(c, bias, alpha, g, start, row + 1, column, sums.R1);
            Finish(c, bias, alpha, g, start, row + 2, column, sums.R2);
            Finish(c, bias, alpha, g, start, row + 3, column, sums.R3);
            Finish(c, bias, alpha, g, start, row + (Side / 2), column, sums.R4);
            Finish(c, bias, alpha, g, start, row + (Side / 2) + 1, column, sums.R5);
            Finish(c, bias, alpha, g, start, row + (Side / 2) + 2, column, sums.R6);
            Finish(c, bias, alpha, g, start, row + (Side / 2) + 3, column, sums.R7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<T>(
        ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g, int start, int row, int column,
        Lanes8<T> sum)
        where T : unmanaged, INumber<T>
    {
        if (row >= g.M)
            return;
        var added = GemmEpilogue.OfRow(bias, g, row);
        var index = start + (row * g.CRow) + column;
        Lanes4<T> low, high;
        (low.V0, low.V1, low.V2, low.V3) = (sum.V0, sum.V1, sum.V2, sum.V3);
        (high.V0, high.V1, high.V2, high.V3) = (sum.V4, sum.V5, sum.V6, sum.V7);
        GemmEpilogue.Finish(c, bias, alpha, g, index, column, added, low);
        GemmEpilogue.Finish(c, bias, alpha, g, index + (Side / 2), column + (Side / 2), added, high);
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Multiply,
    ];
}
