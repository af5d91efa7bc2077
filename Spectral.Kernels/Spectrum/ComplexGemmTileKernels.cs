using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Products of spectra for GPUs: a group of 256 computes a tile of 64x64 complex outputs of one
/// frequency from slices in shared memory, four by four outputs a thread in registers.
/// </summary>
internal sealed class ComplexGemmTileKernels : IKernelForms
{
    internal const int Threads = 256;
    internal const int Side = 64;

    /// <summary>Half of the real product's: four slices of doubles stay within 48 KB.</summary>
    internal const int Depth = 8;

    internal const int Pitch = Side + 4;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>All frequencies.</summary>
    internal static void Multiply<T, TProduct>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ComplexGemmArguments g)
        where T : unmanaged, INumber<T>
        where TProduct : struct, IComplexProduct<T>
    {
        var sliceA = SharedMemory.Allocate<T>(2 * Depth * Pitch);
        var sliceB = SharedMemory.Allocate<T>(2 * Depth * Pitch);
        var rowTiles = (g.Rows + Side - 1) / Side;
        var columnTiles = (g.Columns + Side - 1) / Side;
        var rowInTile = Group.IdxX / 16 * 4;
        var columnInTile = Group.IdxX % 16 * 4;
        for (var tile = Grid.IdxX; tile < g.Frequencies * rowTiles * columnTiles; tile += Grid.DimX)
        {
            var column0 = tile % columnTiles * Side;
            var rest = tile / columnTiles;
            var row0 = rest % rowTiles * Side;
            var f = rest / rowTiles;
            var fromA = (f * 2 * g.APlane) + (row0 * g.ARow);
            var fromB = (f * 2 * g.BPlane) + (column0 * g.BColumn);

            Lanes4<T> re0 = default, re1 = default, re2 = default, re3 = default;
            Lanes4<T> im0 = default, im1 = default, im2 = default, im3 = default;
            for (var l = 0; l < g.L; l += Depth)
            {
                var depth = Math.Min(Depth, g.L - l);
                Slice(a, sliceA, fromA + (l * g.AL), g.ARow, g.AL, g.APlane, g.Rows - row0, depth);
                Slice(b, sliceB, fromB + (l * g.BL), g.BColumn, g.BL, g.BPlane, g.Columns - column0, depth);
                Group.Barrier();
                for (var d = 0; d < Depth; d++)
                {
                    var aRe = Wide.Load(sliceA, (d * Pitch) + rowInTile);
                    var aIm = Wide.Load(sliceA, ((Depth + d) * Pitch) + rowInTile);
                    var bRe = Wide.Load(sliceB, (d * Pitch) + columnInTile);
                    var bIm = Wide.Load(sliceB, ((Depth + d) * Pitch) + columnInTile);
                    TProduct.Add(ref re0, ref im0, aRe.V0, aIm.V0, bRe, bIm);
                    TProduct.Add(ref re1, ref im1, aRe.V1, aIm.V1, bRe, bIm);
                    TProduct.Add(ref re2, ref im2, aRe.V2, aIm.V2, bRe, bIm);
                    TProduct.Add(ref re3, ref im3, aRe.V3, aIm.V3, bRe, bIm);
                }

                Group.Barrier();
            }

            var plane = g.Rows * g.Columns;
            var row = row0 + rowInTile;
            var column = column0 + columnInTile;
            var ic = (f * 2 * plane) + (row * g.Columns) + column;
            Write(c, ic, plane, g.Rows - row, g.Columns - column, re0, im0);
            Write(c, ic + g.Columns, plane, g.Rows - row - 1, g.Columns - column, re1, im1);
            Write(c, ic + (2 * g.Columns), plane, g.Rows - row - 2, g.Columns - column, re2, im2);
            Write(c, ic + (3 * g.Columns), plane, g.Rows - row - 3, g.Columns - column, re3, im3);
        }
    }

    /// <summary>
    /// Loads a slice of both planes of an operand, transposed to [2][depth][64], with zeros beyond its
    /// edges. Threads run along whichever axis is contiguous in memory.
    /// </summary>
    private static void Slice<T>(
        ArrayView<T> from, ArrayView<T> slice, int start, int outerStride, int innerStride, int plane,
        int outer, int depth)
        where T : unmanaged, INumber<T>
    {
        var alongDepth = innerStride == 1;
        for (var e = Group.IdxX; e < Side * Depth; e += Threads)
        {
            var o = alongDepth ? e / Depth : e % Side;
            var d = alongDepth ? e % Depth : e / Side;
            var re = T.Zero;
            var im = T.Zero;
            if (o < outer && d < depth)
            {
                var i = start + (o * outerStride) + (d * innerStride);
                re = from[i];
                im = from[i + plane];
            }

            slice[(d * Pitch) + o] = re;
            slice[((Depth + d) * Pitch) + o] = im;
        }
    }

    private static void Write<T>(
        ArrayView<T> c, int index, int plane, int rows, int columns, Lanes4<T> re, Lanes4<T> im)
        where T : unmanaged, INumber<T>
    {
        if (rows <= 0)
            return;
        if (columns > 0)
            (c[index], c[index + plane]) = (re.V0, im.V0);
        if (columns > 1)
            (c[index + 1], c[index + plane + 1]) = (re.V1, im.V1);
        if (columns > 2)
            (c[index + 2], c[index + plane + 2]) = (re.V2, im.V2);
        if (columns > 3)
            (c[index + 3], c[index + plane + 3]) = (re.V3, im.V3);
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, PlainProduct<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)Multiply<T, LeftConjugate<T>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments>)
            Multiply<T, RightConjugate<T>>,
    ];
}
