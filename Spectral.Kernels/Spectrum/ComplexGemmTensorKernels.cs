using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Products of spectra on tensor cores: a group of four warps computes a tile of 64x64 complex outputs of one
/// frequency, a warp 32x32 of them, each operand split in two so that floats keep their accuracy
/// (<see cref="Tf32"/>). Only for CUDA from sm_80 on. Infinities become NaN.
/// </summary>
internal sealed class ComplexGemmTensorKernels : IKernelForms
{
    internal const int Threads = TileOperand.Quads;

    private const int Side = TileOperand.Side, Depth = TileOperand.Depth;

    /// <summary>A slice of real or imaginary parts; the pitch of a slice.</summary>
    private const int Plane = TileOperand.SliceQuads * 4, Pitch = TileOperand.PitchQuads * 4;

    private const int Pair = 4 * Plane;

    public static IEnumerable<Delegate> Forms() =>
    [
        (Action<ArrayView<float>, ArrayView<float>, ArrayView<float>, ComplexGemmArguments, float, float>)
            Multiply,
    ];

    /// <summary>All frequencies.</summary>
    /// <param name="a">Left operand.</param>
    /// <param name="b">Right operand.</param>
    /// <param name="c">Result.</param>
    /// <param name="g">Sizes and strides.</param>
    /// <param name="signA">−1 to conjugate A, else 1.</param>
    /// <param name="signB">−1 to conjugate B, else 1.</param>
    internal static void Multiply(
        ArrayView<float> a, ArrayView<float> b, ArrayView<float> c, ComplexGemmArguments g,
        float signA, float signB)
    {
        var shared = SharedMemory.Allocate<float>(2 * Pair);
        var rowTiles = (g.Rows + Side - 1) / Side;
        var columnTiles = (g.Columns + Side - 1) / Side;
        var thread = Group.IdxX;
        var (warp, i, j) = (thread / 32, thread % 32 / 4, thread % 4);
        var (warpRow, warpColumn) = (warp / 2 * 32, warp % 2 * 32);
        for (var tile = Grid.IdxX; tile < g.Frequencies * rowTiles * columnTiles; tile += Grid.DimX)
        {
            var column0 = tile % columnTiles * Side;
            var rest = tile / columnTiles;
            var row0 = rest % rowTiles * Side;
            var f = rest / rowTiles;
            var fromA = TileOperand.From(
                (2 * f * g.APlane) + (row0 * g.ARow), g.ARow, g.AL, g.Rows - row0, thread, g.APlane);
            var fromB = TileOperand.From(
                (2 * f * g.BPlane) + (column0 * g.BColumn), g.BColumn, g.BL, g.Columns - column0, thread,
                g.BPlane);

            WarpSums upper = default, lower = default;
            var at = 0;
            var (aRe, aIm) = (fromA.Load(a, g.L, 0), fromA.Load(a, g.L, g.APlane));
            var (bRe, bIm) = (fromB.Load(b, g.L, 0), fromB.Load(b, g.L, g.BPlane));
            for (var left = g.L; left > 0; left -= Depth)
            {
                fromA.Store(shared, at, aRe);
                fromA.Store(shared, at + TileOperand.SliceQuads, aIm);
                fromB.Store(shared, at + (2 * TileOperand.SliceQuads), bRe);
                fromB.Store(shared, at + (3 * TileOperand.SliceQuads), bIm);
                Group.Barrier();
                fromA.Advance();
                fromB.Advance();
                (aRe, aIm) = (fromA.Load(a, left - Depth, 0), fromA.Load(a, left - Depth, g.APlane));
                (bRe, bIm) = (fromB.Load(b, left - Depth, 0), fromB.Load(b, left - Depth, g.BPlane));

                var ofA = shared.SubView((4 * at) + (j * Pitch) + warpRow + i);
                var ofB = shared.SubView((4 * at) + (2 * Plane) + (j * Pitch) + warpColumn + i);
                var upperRe = TensorA.Load(ofA, Pitch, 1);
                var upperIm = TensorA.Load(ofA.SubView(Plane), Pitch, signA);
                var lowerRe = TensorA.Load(ofA.SubView(16), Pitch, 1);
                var lowerIm = TensorA.Load(ofA.SubView(Plane + 16), Pitch, signA);
                Add(ref upper.Re0, ref upper.Im0, ref lower.Re0, ref lower.Im0,
                    upperRe, upperIm, lowerRe, lowerIm, ofB, signB);
                Add(ref upper.Re1, ref upper.Im1, ref lower.Re1, ref lower.Im1,
                    upperRe, upperIm, lowerRe, lowerIm, ofB.SubView(8), signB);
                Add(ref upper.Re2, ref upper.Im2, ref lower.Re2, ref lower.Im2,
                    upperRe, upperIm, lowerRe, lowerIm, ofB.SubView(16), signB);
                Add(ref upper.Re3, ref upper.Im3, ref lower.Re3, ref lower.Im3,
                    upperRe, upperIm, lowerRe, lowerIm, ofB.SubView(24), signB);
                at = (Pair / 4) - at;
            }

            Group.Barrier();
            var row = row0 + warpRow + i;
            var column = column0 + warpColumn + (2 * j);
            Write(c, g, f, row, column, upper);
            Write(c, g, f, row + 16, column, lower);
        }
    }

    /// <summary>Adds the products of 32 rows with eight columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref Lanes4<float> upperSumRe, ref Lanes4<float> upperSumIm,
        ref Lanes4<float> lowerSumRe, ref Lanes4<float> lowerSumIm,
        in TensorA upperRe, in TensorA upperIm, in TensorA lowerRe, in TensorA lowerIm,
        ArrayView<float> ofB, float signB)
    {
        var re = TensorB.Load(ofB, Pitch, 1);
        var im = TensorB.Load(ofB.SubView(Plane), Pitch, signB);
        var minus = im.Negated;
        TensorCores.Add(ref upperSumRe, upperIm, minus);
        TensorCores.Add(ref upperSumIm, upperRe, im);
        TensorCores.Add(ref lowerSumRe, lowerIm, minus);
        TensorCores.Add(ref lowerSumIm, lowerRe, im);
        TensorCores.Add(ref upperSumRe, upperRe, re);
        TensorCores.Add(ref upperSumIm, upperIm, re);
        TensorCores.Add(ref lowerSumRe, lowerRe, re);
        TensorCores.Add(ref lowerSumIm, lowerIm, re);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(
        ArrayView<float> c, ComplexGemmArguments g, int f, int row, int column, WarpSums sums)
    {
        Write(c, g, f, row, column, sums.Re0, sums.Im0);
        Write(c, g, f, row, column + 8, sums.Re1, sums.Im1);
        Write(c, g, f, row, column + 16, sums.Re2, sums.Im2);
        Write(c, g, f, row, column + 24, sums.Re3, sums.Im3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(
        ArrayView<float> c, ComplexGemmArguments g, int f, int row, int column, Lanes4<float> re,
        Lanes4<float> im)
    {
        WritePair(c, g, f, row, column, re.V0, re.V1, im.V0, im.V1);
        WritePair(c, g, f, row + 8, column, re.V2, re.V3, im.V2, im.V3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WritePair(
        ArrayView<float> c, ComplexGemmArguments g, int f, int row, int column,
        float re0, float re1, float im0, float im1)
    {
        var plane = g.Rows * g.Columns;
        var index = (2 * f * plane) + (row * g.Columns) + column;
        if (row < g.Rows && column < g.Columns)
            (c[index], c[index + plane]) = (re0, im0);
        if (row < g.Rows && column + 1 < g.Columns)
            (c[index + 1], c[index + plane + 1]) = (re1, im1);
    }

    /// <summary>16x32 complex sums of a warp.</summary>
    private struct WarpSums
    {
        public Lanes4<float> Re0, Re1, Re2, Re3, Im0, Im1, Im2, Im3;
    }
}
