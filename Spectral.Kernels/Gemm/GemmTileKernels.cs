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
        var shared = SharedMemory.Allocate<T>(TTile.SharedElements);
        var slices = shared.Cast<Lanes4<T>>().AsAligned(16);

        var outputs = TileFeed<TTile>.Outputs;
        var (depthPart, mine) = (Group.IdxX / outputs, Group.IdxX % outputs);
        var (rowQuad, columnQuad) = (mine / (TTile.Columns / 4), mine % (TTile.Columns / 4));
        var myA = (depthPart * Steps<TTile>() * TileFeed<TTile>.PitchA) + rowQuad;
        var myB = TileFeed<TTile>.OfB + (depthPart * Steps<TTile>() * TileFeed<TTile>.PitchB) + columnQuad;
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
            var feed = TileFeed<TTile>.OfHalves(g, batch, first, row0, column0);

            Square4<T> sums = default;
            var even = feed.Load(a, b, length);
            var odd = feed.Load(a, b, length - (2 * TTile.Depth));
            for (var left = length; left > 0; left -= 4 * TTile.Depth)
            {
                feed.Store(shared, 0, even);
                Group.Barrier();
                even = feed.Load(a, b, left - (4 * TTile.Depth));
                sums.Add<TTile>(slices.SubView(myA), slices.SubView(myB));

                // Who has passed the barrier is done with the other half of the shared memory.
                if (left <= 2 * TTile.Depth)
                    break;
                feed.Store(shared, TileFeed<TTile>.Pair, odd);
                Group.Barrier();
                odd = feed.Load(a, b, left - (6 * TTile.Depth));
                sums.Add<TTile>(
                    slices.SubView(TileFeed<TTile>.Pair + myA), slices.SubView(TileFeed<TTile>.Pair + myB));
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

    /// <summary>Depth of a slice for each part.</summary>
    private static int Steps<TTile>() where TTile : struct, ITile => 2 * TTile.Depth / TTile.Parts;

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

        /// <summary>Adds the products of this work-item's rows and columns of a pair of slices.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Add<TTile>(ArrayView<Lanes4<T>> a, ArrayView<Lanes4<T>> b) where TTile : struct, ITile
        {
            for (var depth = 0; depth < Steps<TTile>(); depth += 4)
            {
                var (ofA, ofB) = (
                    a.SubView(depth * TileFeed<TTile>.PitchA), b.SubView(depth * TileFeed<TTile>.PitchB));
                Add(ofA[0], ofB[0]);
                Add(ofA[TileFeed<TTile>.PitchA], ofB[TileFeed<TTile>.PitchB]);
                Add(ofA[2 * TileFeed<TTile>.PitchA], ofB[2 * TileFeed<TTile>.PitchB]);
                Add(ofA[3 * TileFeed<TTile>.PitchA], ofB[3 * TileFeed<TTile>.PitchB]);
            }
        }

        /// <summary>Adds the products of four elements of A with four of B.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Add(Lanes4<T> a, Lanes4<T> b)
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
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Multiply<T, Tile16x16>,
    ];
}
