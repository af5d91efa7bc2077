using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// Real products for GPUs, by tiles of several sizes, four by four outputs a work-item in registers. It is the loop of
/// <see cref="ComplexGemmTileKernels"/>, with the two halves of a slice's depth where that has real and imaginary parts.
/// </summary>
internal sealed class GemmTileKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>C = alpha·A·B + bias (+ C).</summary>
    internal static void Multiply<T, TTile>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g)
        where T : unmanaged, INumber<T>
        where TTile : struct, ITile
    {
        var shared = SharedMemory.Allocate<T>(TileSize.SharedElements);
        var slices = shared.Cast<Lanes4<T>>().AsAligned(16);

        // Fours: from row to row of a slice, of half of a slice, of the slices of A and B together.
        var (pitchA, pitchB) = (
            (TTile.Rows + TileOperand.Padding) / 4, (TTile.Columns + TileOperand.Padding) / 4);
        var (halfA, halfB) = (TTile.Depth * pitchA, TTile.Depth * pitchB);
        var ofB = 2 * halfA;
        var pair = ofB + (2 * halfB);

        // Of A and of B a work-item brings a four of either half, or one of them.
        var (quadsA, quadsB) = (TTile.Depth * TTile.Rows / 4, TTile.Depth * TTile.Columns / 4);
        var outputs = TTile.Rows * TTile.Columns / 16;
        var bothA = quadsA == outputs * TTile.Parts;
        var bothB = quadsB == outputs * TTile.Parts;
        var (partA, partB) = (bothA ? 0 : Group.IdxX / quadsA, bothB ? 0 : Group.IdxX / quadsB);
        var (toB, toA) = (TTile.Depth * g.BL, TTile.Depth * g.AL);

        var (depthPart, mine) = (Group.IdxX / outputs, Group.IdxX % outputs);
        var (rowQuad, columnQuad) = (mine / (TTile.Columns / 4), mine % (TTile.Columns / 4));
        var steps = 2 * TTile.Depth / TTile.Parts;
        var rowTiles = (g.M + TTile.Rows - 1) / TTile.Rows;
        var columnTiles = (g.P + TTile.Columns - 1) / TTile.Columns;
        var total = g.Batch * g.Segments * rowTiles * columnTiles;
        for (var tile = Grid.IdxX; tile < total; tile += Grid.DimX)
        {
            var column0 = tile % columnTiles * TTile.Columns;
            var rest = tile / columnTiles;
            var row0 = rest % rowTiles * TTile.Rows;
            rest /= rowTiles;
            var batch = rest / g.Segments;
            var first = rest % g.Segments * g.SegmentLength;
            var length = Math.Min(g.L - first, g.SegmentLength);
            var fromA = TileOperand.From(
                g.AStart + (batch * g.ABatch) + (row0 * g.ARow) + (first * g.AL) + (partA * toA), g.ARow, g.AL,
                g.M - row0, Group.IdxX % quadsA, bothA ? toA : 0, TTile.Rows, TTile.Depth, 2 * TTile.Depth);
            var fromB = TileOperand.From(
                g.BStart + (batch * g.BBatch) + (column0 * g.BColumn) + (first * g.BL) + (partB * toB), g.BColumn, g.BL,
                g.P - column0, Group.IdxX % quadsB, bothB ? toB : 0, TTile.Columns, TTile.Depth, 2 * TTile.Depth);
            var (beforeA, beforeB) = (partA * TTile.Depth, partB * TTile.Depth);

            Square4<T> sums = default;
            var at = 0;
            var (a0, b0) = (fromA.Load(a, length - beforeA, 0), fromB.Load(b, length - beforeB, 0));
            var a1 = bothA ? fromA.Load(a, length - TTile.Depth, toA) : a0;
            var b1 = bothB ? fromB.Load(b, length - TTile.Depth, toB) : b0;
            for (var left = length; left > 0; left -= 2 * TTile.Depth)
            {
                fromA.Store(shared, at + (partA * halfA), a0, TTile.Rows);
                fromB.Store(shared, at + ofB + (partB * halfB), b0, TTile.Columns);
                if (bothA)
                    fromA.Store(shared, at + halfA, a1, TTile.Rows);
                if (bothB)
                    fromB.Store(shared, at + ofB + halfB, b1, TTile.Columns);
                Group.Barrier();
                fromA.Advance();
                fromB.Advance();
                var next = left - (2 * TTile.Depth);
                (a0, b0) = (fromA.Load(a, next - beforeA, 0), fromB.Load(b, next - beforeB, 0));
                if (bothA)
                    a1 = fromA.Load(a, next - TTile.Depth, toA);
                if (bothB)
                    b1 = fromB.Load(b, next - TTile.Depth, toB);

                for (var d = 0; d < steps; d += 4)
                {
                    var depth = (depthPart * steps) + d;
                    var sliceA = slices.SubView(at + (depth * pitchA) + rowQuad);
                    var sliceB = slices.SubView(at + ofB + (depth * pitchB) + columnQuad);
                    sums.Add(sliceA[0], sliceB[0]);
                    sums.Add(sliceA[pitchA], sliceB[pitchB]);
                    sums.Add(sliceA[2 * pitchA], sliceB[2 * pitchB]);
                    sums.Add(sliceA[3 * pitchA], sliceB[3 * pitchB]);
                }

                // The other half is free: who has passed the barrier is done with it.
                at = pair - at;
            }

            Group.Barrier();
            if (TTile.Parts > 1)
            {
                if (depthPart > 0)
                    sums.Write(slices, ((depthPart - 1) * 4 * outputs) + mine, outputs);
                Group.Barrier();
                if (depthPart == 0)
                {
                    for (var other = 0; other < TTile.Parts - 1; other++)
                        sums.Add(slices, (other * 4 * outputs) + mine, outputs);
                }

                Group.Barrier();
            }

            var row = row0 + (rowQuad * 4);
            var column = column0 + (columnQuad * 4);
            var start = g.CStart + (rest * g.CBatch);
            var rows = depthPart == 0 ? g.M - row : 0;
            Finish(c, bias, alpha, g, start, rows, row, column, sums.R0);
            Finish(c, bias, alpha, g, start, rows - 1, row + 1, column, sums.R1);
            Finish(c, bias, alpha, g, start, rows - 2, row + 2, column, sums.R2);
            Finish(c, bias, alpha, g, start, rows - 3, row + 3, column, sums.R3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<T>(
        ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g, int start, int rows, int row, int column,
        Lanes4<T> sum)
        where T : unmanaged, INumber<T>
    {
        if (rows > 0)
            GemmEpilogue.Finish(
                c, bias, alpha, g, start + (row * g.CRow) + column, column, GemmEpilogue.OfRow(bias, g, row), sum);
    }

    /// <summary>Four by four sums in the registers of one work-item.</summary>
    private struct Square4<T> where T : unmanaged, INumber<T>
    {
        public Lanes4<T> R0, R1, R2, R3;

        /// <summary>Adds the products of four elements of A with four of B.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Add(Lanes4<T> a, Lanes4<T> b)
        {
            R0 = Lanes4<T>.Add(R0, a.V0, b);
            R1 = Lanes4<T>.Add(R1, a.V1, b);
            R2 = Lanes4<T>.Add(R2, a.V2, b);
            R3 = Lanes4<T>.Add(R3, a.V3, b);
        }

        /// <summary>Writes the four rows, some apart.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly void Write(ArrayView<Lanes4<T>> to, int at, int stride)
        {
            to[at] = R0;
            to[at + stride] = R1;
            to[at + (2 * stride)] = R2;
            to[at + (3 * stride)] = R3;
        }

        /// <summary>Adds what <see cref="Write"/> wrote.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Add(ArrayView<Lanes4<T>> from, int at, int stride)
        {
            R0 = Lanes4<T>.Add(R0, T.One, from[at]);
            R1 = Lanes4<T>.Add(R1, T.One, from[at + stride]);
            R2 = Lanes4<T>.Add(R2, T.One, from[at + (2 * stride)]);
            R3 = Lanes4<T>.Add(R3, T.One, from[at + (3 * stride)]);
        }
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Multiply<T, Tile64x64>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Multiply<T, Tile32x64>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Multiply<T, Tile32x32>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Multiply<T, Tile16x32>,
    ];
}
