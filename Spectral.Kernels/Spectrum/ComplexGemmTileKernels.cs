using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// Products of spectra for GPUs: a group of 256 computes a tile of 64x64 complex outputs of one frequency
/// from slices in shared memory, four by four outputs a work-item in registers. While one pair of slices is
/// worked on, the next is on its way from global memory, and goes to the other half of the shared memory.
/// </summary>
internal sealed class ComplexGemmTileKernels : IKernelForms
{
    internal const int Threads = 2 * TileOperand.Quads;
    internal const int Side = TileOperand.Side;

    private const int Depth = TileOperand.Depth;

    /// <summary>Real and imaginary slices of A and of B, in fours of elements.</summary>
    private const int PlaneQuads = TileOperand.SliceQuads, OperandQuads = 2 * PlaneQuads;

    private const int PairQuads = 2 * OperandQuads;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>All frequencies.</summary>
    internal static void Multiply<T, TProduct>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ComplexGemmArguments g)
        where T : unmanaged, INumber<T>
        where TProduct : struct, IComplexProduct<T>
    {
        var shared = SharedMemory.Allocate<T>(2 * PairQuads * 4);
        var slices = shared.Cast<Lanes4<T>>().AsAligned(16);
        var rowTiles = (g.Rows + Side - 1) / Side;
        var columnTiles = (g.Columns + Side - 1) / Side;

        // Half of the work-items bring the real parts, the others the imaginary ones.
        var (part, quad) = (Group.IdxX / TileOperand.Quads, Group.IdxX % TileOperand.Quads);
        var (rowQuad, columnQuad) = (Group.IdxX / 16, Group.IdxX % 16);
        for (var tile = Grid.IdxX; tile < g.Frequencies * rowTiles * columnTiles; tile += Grid.DimX)
        {
            var column0 = tile % columnTiles * Side;
            var rest = tile / columnTiles;
            var row0 = rest % rowTiles * Side;
            var f = rest / rowTiles;
            var fromA = TileOperand.From(
                (((2 * f) + part) * g.APlane) + (row0 * g.ARow), g.ARow, g.AL, g.Rows - row0, quad);
            var fromB = TileOperand.From(
                (((2 * f) + part) * g.BPlane) + (column0 * g.BColumn), g.BColumn, g.BL, g.Columns - column0,
                quad);

            ComplexSquare4<T> sums = default;
            var at = 0;
            var (nextA, nextB) = (fromA.Load(a, g.L), fromB.Load(b, g.L));
            for (var left = g.L; left > 0; left -= Depth)
            {
                fromA.Store(shared, at + (part * PlaneQuads), nextA);
                fromB.Store(shared, at + OperandQuads + (part * PlaneQuads), nextB);
                Group.Barrier();
                nextA = fromA.Load(a, left - Depth);
                nextB = fromB.Load(b, left - Depth);

                for (var d = 0; d < Depth; d += 4)
                {
                    var ofA = slices.SubView(at + (d * TileOperand.PitchQuads) + rowQuad);
                    var ofB = slices.SubView(
                        at + OperandQuads + (d * TileOperand.PitchQuads) + columnQuad);
                    Add<T, TProduct>(ref sums, ofA, ofB, 0);
                    Add<T, TProduct>(ref sums, ofA, ofB, 1);
                    Add<T, TProduct>(ref sums, ofA, ofB, 2);
                    Add<T, TProduct>(ref sums, ofA, ofB, 3);
                }

                // The other half is free: who has passed the barrier is done with it.
                at = PairQuads - at;
            }

            Group.Barrier();
            var plane = g.Rows * g.Columns;
            var row = row0 + (rowQuad * 4);
            var column = column0 + (columnQuad * 4);
            var ic = (f * 2 * plane) + (row * g.Columns) + column;
            var aligned = (g.Columns & 3) == 0;
            var rows = g.Rows - row;
            var columns = g.Columns - column;
            Write(c, ic, plane, rows, columns, aligned, sums.Re0, sums.Im0);
            Write(c, ic + g.Columns, plane, rows - 1, columns, aligned, sums.Re1, sums.Im1);
            Write(c, ic + (2 * g.Columns), plane, rows - 2, columns, aligned, sums.Re2, sums.Im2);
            Write(c, ic + (3 * g.Columns), plane, rows - 3, columns, aligned, sums.Re3, sums.Im3);
        }
    }

    /// <summary>Adds the products of four elements of A with four of B at one depth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T, TProduct>(
        ref ComplexSquare4<T> sums, ArrayView<Lanes4<T>> a, ArrayView<Lanes4<T>> b, int depth)
        where T : unmanaged, INumber<T>
        where TProduct : struct, IComplexProduct<T>
    {
        var at = depth * TileOperand.PitchQuads;
        var (aRe, aIm) = (a[at], a[at + PlaneQuads]);
        var (bRe, bIm) = (b[at], b[at + PlaneQuads]);
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
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, PlainProduct<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, LeftConjugate<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)
            Multiply<T, RightConjugate<T>>,
    ];
}
