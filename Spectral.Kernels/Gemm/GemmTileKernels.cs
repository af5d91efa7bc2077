using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Real products for GPUs: a group of 256 computes a tile of 64x64 outputs from slices of both operands
/// in shared memory, four by four outputs a thread in registers.
/// </summary>
internal sealed class GemmTileKernels : IKernelForms
{
    internal const int Threads = 256;
    internal const int Side = GemmPlan.TileSide;
    internal const int Depth = 16;

    /// <summary>Rows of a slice are padded, still in multiples of 16 bytes, to spread over the banks.</summary>
    internal const int Pitch = Side + 4;

    public static IEnumerable<Delegate> Forms() => [.. Forms<float>(), .. Forms<double>()];

    /// <summary>C = alpha·A·B + bias (+ C).</summary>
    internal static void Multiply<T>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g)
        where T : unmanaged, INumber<T>
    {
        var sliceA = SharedMemory.Allocate<T>(Depth * Pitch);
        var sliceB = SharedMemory.Allocate<T>(Depth * Pitch);
        var rowTiles = (g.M + Side - 1) / Side;
        var columnTiles = (g.P + Side - 1) / Side;
        var total = g.Batch * g.Segments * rowTiles * columnTiles;
        var thread = Group.IdxX;
        var rowInTile = thread / 16 * 4;
        var columnInTile = thread % 16 * 4;
        for (var tile = Grid.IdxX; tile < total; tile += Grid.DimX)
        {
            var column0 = tile % columnTiles * Side;
            var rest = tile / columnTiles;
            var row0 = rest % rowTiles * Side;
            rest /= rowTiles;
            var batch = rest / g.Segments;
            var first = rest % g.Segments * g.SegmentLength;
            var last = Math.Min(g.L, first + g.SegmentLength);
            var fromA = g.AStart + (batch * g.ABatch) + (row0 * g.ARow);
            var fromB = g.BStart + (batch * g.BBatch) + (column0 * g.BColumn);

            var sum0 = Lanes4<T>.Zero;
            var sum1 = Lanes4<T>.Zero;
            var sum2 = Lanes4<T>.Zero;
            var sum3 = Lanes4<T>.Zero;
            for (var l = first; l < last; l += Depth)
            {
                var depth = Math.Min(Depth, last - l);
                Slice(a, sliceA, fromA + (l * g.AL), g.ARow, g.AL, g.M - row0, depth);
                Slice(b, sliceB, fromB + (l * g.BL), g.BColumn, g.BL, g.P - column0, depth);
                Group.Barrier();
                for (var d = 0; d < Depth; d++)
                {
                    var va = Wide.Load(sliceA, (d * Pitch) + rowInTile);
                    var vb = Wide.Load(sliceB, (d * Pitch) + columnInTile);
                    sum0 = Lanes4<T>.Add(sum0, va.V0, vb);
                    sum1 = Lanes4<T>.Add(sum1, va.V1, vb);
                    sum2 = Lanes4<T>.Add(sum2, va.V2, vb);
                    sum3 = Lanes4<T>.Add(sum3, va.V3, vb);
                }

                Group.Barrier();
            }

            var row = row0 + rowInTile;
            var column = column0 + columnInTile;
            var ic = g.CStart + (rest * g.CBatch) + (row * g.CRow) + column;
            Finish(c, bias, alpha, g, ic, row, column, sum0);
            Finish(c, bias, alpha, g, ic + g.CRow, row + 1, column, sum1);
            Finish(c, bias, alpha, g, ic + (2 * g.CRow), row + 2, column, sum2);
            Finish(c, bias, alpha, g, ic + (3 * g.CRow), row + 3, column, sum3);
        }
    }

    /// <summary>
    /// Loads a slice of an operand, transposed to [depth][64], with zeros beyond its edges. Threads run
    /// along whichever axis is contiguous in memory.
    /// </summary>
    internal static void Slice<T>(
        ArrayView<T> from, ArrayView<T> slice, int start, int outerStride, int innerStride, int outer,
        int depth)
        where T : unmanaged, INumber<T>
    {
        var alongDepth = innerStride == 1;
        for (var e = Group.IdxX; e < Side * Depth; e += Threads)
        {
            var o = alongDepth ? e / Depth : e % Side;
            var d = alongDepth ? e % Depth : e / Side;
            var value = T.Zero;
            if (o < outer && d < depth)
                value = from[start + (o * outerStride) + (d * innerStride)];
            slice[(d * Pitch) + o] = value;
        }
    }

    private static void Finish<T>(
        ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g, int index, int row, int column,
        Lanes4<T> sum)
        where T : unmanaged, INumber<T>
    {
        if (row >= g.M)
            return;
        if (column < g.P)
            c[index] = GemmHelperKernels.Epilogue(c, bias, alpha, g, index, row, column, sum.V0);
        if (column + 1 < g.P)
            c[index + 1] = GemmHelperKernels.Epilogue(c, bias, alpha, g, index + 1, row, column + 1, sum.V1);
        if (column + 2 < g.P)
            c[index + 2] = GemmHelperKernels.Epilogue(c, bias, alpha, g, index + 2, row, column + 2, sum.V2);
        if (column + 3 < g.P)
            c[index + 3] = GemmHelperKernels.Epilogue(c, bias, alpha, g, index + 3, row, column + 3, sum.V3);
    }

    private static Delegate[] Forms<T>() where T : unmanaged, INumber<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments>)Multiply,
    ];
}
