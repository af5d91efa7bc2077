using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// Products of spectra for GPUs: a group computes a tile of complex outputs of one frequency from slices in shared
/// memory, four by four outputs a work-item in registers. While one pair of slices is worked on, the two after it are on
/// their way from global memory; they go to either half of the shared memory by turns.
/// </summary>
internal sealed class ComplexGemmTileKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>All frequencies.</summary>
    internal static void Multiply<T, TProduct, TTile>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ComplexGemmArguments g)
        where T : unmanaged, INumber<T>
        where TProduct : struct, IComplexProduct<T>
        where TTile : struct, ITile
    {
        var shared = SharedMemory.Allocate<T>(TTile.SharedElements);
        var slices = shared.Cast<Lanes4<T>>().AsAligned(16);

        var outputs = TileFeed<TTile>.Outputs;
        var (depthPart, mine) = (Group.IdxX / outputs, Group.IdxX % outputs);
        var (rowQuad, columnQuad) = (mine / (TTile.Columns / 4), mine % (TTile.Columns / 4));
        var myA = (depthPart * Steps<TTile>() * TileFeed<TTile>.PitchA) + rowQuad;
        var myB = TileFeed<TTile>.OfB + (depthPart * Steps<TTile>() * TileFeed<TTile>.PitchB) + columnQuad;
        var rowTiles = (g.Rows + TTile.Rows - 1) / TTile.Rows;
        var columnTiles = (g.Columns + TTile.Columns - 1) / TTile.Columns;
        for (var tile = Grid.IdxX; tile < g.Frequencies * rowTiles * columnTiles; tile += Grid.DimX)
        {
            var column0 = tile % columnTiles * TTile.Columns;
            var rest = tile / columnTiles;
            var row0 = rest % rowTiles * TTile.Rows;
            var f = rest / rowTiles;
            var feed = TileFeed<TTile>.OfPlanes(g, f, row0, column0);

            ComplexSquare4<T> sums = default;
            var even = feed.Load(a, b, g.L);
            var odd = feed.Load(a, b, g.L - TTile.Depth);
            for (var left = g.L; left > 0; left -= 2 * TTile.Depth)
            {
                feed.Store(shared, 0, even);
                Group.Barrier();
                even = feed.Load(a, b, left - (2 * TTile.Depth));
                Add<T, TProduct, TTile>(ref sums, slices.SubView(myA), slices.SubView(myB));

                // Who has passed the barrier is done with the other half of the shared memory.
                if (left <= TTile.Depth)
                    break;
                feed.Store(shared, TileFeed<TTile>.Pair, odd);
                Group.Barrier();
                odd = feed.Load(a, b, left - (3 * TTile.Depth));
                Add<T, TProduct, TTile>(
                    ref sums, slices.SubView(TileFeed<TTile>.Pair + myA), slices.SubView(TileFeed<TTile>.Pair + myB));
            }

            Group.Barrier();
            if (TTile.Parts > 1)
            {
                if (depthPart > 0)
                    sums.Write(slices, ((depthPart - 1) * 8 * outputs) + mine, outputs);
                Group.Barrier();
                if (depthPart == 0)
                {
                    for (var other = 0; other < TTile.Parts - 1; other++)
                        sums.Add(slices, (other * 8 * outputs) + mine, outputs);
                }

                Group.Barrier();
            }

            var plane = g.Rows * g.Columns;
            var row = row0 + (rowQuad * 4);
            var column = column0 + (columnQuad * 4);
            var ic = (f * 2 * plane) + (row * g.Columns) + column;
            var aligned = (g.Columns & 3) == 0;
            var rows = depthPart == 0 ? g.Rows - row : 0;
            var columns = g.Columns - column;
            Write(c, ic, plane, rows, columns, aligned, sums.Re0, sums.Im0);
            Write(c, ic + g.Columns, plane, rows - 1, columns, aligned, sums.Re1, sums.Im1);
            Write(c, ic + (2 * g.Columns), plane, rows - 2, columns, aligned, sums.Re2, sums.Im2);
            Write(c, ic + (3 * g.Columns), plane, rows - 3, columns, aligned, sums.Re3, sums.Im3);
        }
    }

    /// <summary>Depth of a slice for each part.</summary>
    private static int Steps<TTile>() where TTile : struct, ITile => TTile.Depth / TTile.Parts;

    /// <summary>Adds the products of this work-item's rows and columns of a pair of slices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T, TProduct, TTile>(
        ref ComplexSquare4<T> sums, ArrayView<Lanes4<T>> a, ArrayView<Lanes4<T>> b)
        where T : unmanaged, INumber<T>
        where TProduct : struct, IComplexProduct<T>
        where TTile : struct, ITile
    {
        for (var depth = 0; depth < Steps<TTile>(); depth += 4)
        {
            var (ofA, ofB) = (
                a.SubView(depth * TileFeed<TTile>.PitchA), b.SubView(depth * TileFeed<TTile>.PitchB));
            AddOne<T, TProduct, TTile>(ref sums, ofA, ofB, 0);
            AddOne<T, TProduct, TTile>(ref sums, ofA, ofB, 1);
            AddOne<T, TProduct, TTile>(ref sums, ofA, ofB, 2);
            AddOne<T, TProduct, TTile>(ref sums, ofA, ofB, 3);
        }
    }

    /// <summary>Adds the products of four elements of A with four of B at one depth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOne<T, TProduct, TTile>(
        ref ComplexSquare4<T> sums, ArrayView<Lanes4<T>> a, ArrayView<Lanes4<T>> b, int depth)
        where T : unmanaged, INumber<T>
        where TProduct : struct, IComplexProduct<T>
        where TTile : struct, ITile
    {
        var (atA, atB) = (depth * TileFeed<TTile>.PitchA, depth * TileFeed<TTile>.PitchB);
        var (aRe, aIm) = (a[atA], a[atA + TileFeed<TTile>.PartA]);
        var (bRe, bIm) = (b[atB], b[atB + TileFeed<TTile>.PartB]);
        TProduct.Add(ref sums.Re0, ref sums.Im0, aRe.V0, aIm.V0, bRe, bIm);
        TProduct.Add(ref sums.Re1, ref sums.Im1, aRe.V1, aIm.V1, bRe, bIm);
        TProduct.Add(ref sums.Re2, ref sums.Im2, aRe.V2, aIm.V2, bRe, bIm);
        TProduct.Add(ref sums.Re3, ref sums.Im3, aRe.V3, aIm.V3, bRe, bIm);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(
        ArrayView<T> c, int index, int plane, int rows, int columns, bool aligned, Lanes4<T> re, Lanes4<T> im)
        where T : unmanaged, INumber<T>
    {
        if (rows <= 0)
            return;
        if (aligned && columns > 0)
        {
            Wide.Store(c, index, re);
            Wide.Store(c, index + plane, im);
            return;
        }

        if (columns > 0)
            (c[index], c[index + plane]) = (re.V0, im.V0);
        if (columns > 1)
            (c[index + 1], c[index + plane + 1]) = (re.V1, im.V1);
        if (columns > 2)
            (c[index + 2], c[index + plane + 2]) = (re.V2, im.V2);
        if (columns > 3)
            (c[index + 3], c[index + plane + 3]) = (re.V3, im.V3);
    }

    /// <summary>Four by four complex sums in the registers of one work-item.</summary>
    private struct ComplexSquare4<T> where T : unmanaged, INumber<T>
    {
        public Lanes4<T> Re0, Re1, Re2, Re3, Im0, Im1, Im2, Im3;

        /// <summary>Writes the eight fours, some apart.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal readonly void Write(ArrayView<Lanes4<T>> to, int at, int stride)
        {
            to[at] = Re0;
            to[at + stride] = Re1;
            to[at + (2 * stride)] = Re2;
            to[at + (3 * stride)] = Re3;
            to[at + (4 * stride)] = Im0;
            to[at + (5 * stride)] = Im1;
            to[at + (6 * stride)] = Im2;
            to[at + (7 * stride)] = Im3;
        }

        /// <summary>Adds what <see cref="Write"/> wrote.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Add(ArrayView<Lanes4<T>> from, int at, int stride)
        {
            Re0 = Lanes4<T>.Add(Re0, T.One, from[at]);
            Re1 = Lanes4<T>.Add(Re1, T.One, from[at + stride]);
            Re2 = Lanes4<T>.Add(Re2, T.One, from[at + (2 * stride)]);
            Re3 = Lanes4<T>.Add(Re3, T.One, from[at + (3 * stride)]);
            Im0 = Lanes4<T>.Add(Im0, T.One, from[at + (4 * stride)]);
            Im1 = Lanes4<T>.Add(Im1, T.One, from[at + (5 * stride)]);
            Im2 = Lanes4<T>.Add(Im2, T.One, from[at + (6 * stride)]);
            Im3 = Lanes4<T>.Add(Im3, T.One, from[at + (7 * stride)]);
        }
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        .. Forms<T, PlainProduct<T>>(), .. Forms<T, LeftConjugate<T>>(), .. Forms<T, RightConjugate<T>>(),
    ];

    private static Delegate[] Forms<T, TProduct>()
        where T : unmanaged, INumber<T>
        where TProduct : struct, IComplexProduct<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, TProduct, Tile64x64>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, TProduct, Tile32x64>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, TProduct, Tile32x32>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, TProduct, Tile16x32>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, TProduct, Tile16x16>,
    ];
}
