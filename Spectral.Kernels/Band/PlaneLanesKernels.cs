using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sizes of transforms of planes, and where a work-item's scratch holds what; in elements.</summary>
internal struct PlaneLanesArguments
{
    public int Planes, Height, Width;

    /// <summary>Rows of samples that are held at a time, an even number.</summary>
    public int HeldRows;

    /// <summary>Kept columns; of each the rows kept, of both signs, and how many frequencies these are.</summary>
    public int Columns, Rows, Bins;

    /// <summary>
    /// Of each axis the products of a sum, where the matrix for differences starts, and 1 if these are with pairs of
    /// samples: see <see cref="FoldedAxis"/>.
    /// </summary>
    public int TermsH, TermsW, OddH, OddW, FoldH, FoldW;

    /// <summary>Length of the bias, which repeats; 0 for none.</summary>
    public int BiasLength;

    /// <summary>
    /// Scratch of a work-item: some rows of samples, the operands of a product, all between the axes with the distance
    /// of its rows, two tiles.
    /// </summary>
    public int SlotLength, OperandAt, BetweenAt, Pitch, TileAt;
}

/// <summary>
/// Truncated transforms of planes for CPUs: a work-item takes as many planes as it has lanes through both axes,
/// so that every product has all its lanes busy, whatever the size of a plane, and nothing between the axes
/// leaves its core's caches. Matrices come in blocks of three rows, as <see cref="TiledMatrix"/>. Along both axes
/// samples meet half a wave as sums and differences of pairs, see <see cref="FoldedAxis"/>, and along columns the
/// frequencies k and −k share their products: with C = Σ z·cos and S = Σ z·sin they are C − iS and C + iS.
/// </summary>
internal sealed class PlaneLanesKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
        [.. Forms<float, Lanes16<float>>(), .. Forms<double, Lanes8<double>>()];

    /// <summary>
    /// From [planes][height][width] to [columns][rows][2][planes]; in between lie [columns][2][height][lanes].
    /// </summary>
    internal static void Forward<T, TLanes>(
        ArrayView<T> x, ArrayView<T> horizontal, ArrayView<T> vertical, ArrayView<T> turns, ArrayView<T> spectrum,
        ArrayView<T> scratch, ArrayView<T> again, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var blocks = (g.Planes + TLanes.Width - 1) / TLanes.Width;
        for (var block = WorkItem.First(blocks); block < WorkItem.End(blocks); block++)
        {
            var plane = block * TLanes.Width;
            var lanes = Math.Min(TLanes.Width, g.Planes - plane);
            for (var first = 0; first < g.Height; first += g.HeldRows)
            {
                var rows = Math.Min(g.HeldRows, g.Height - first);
                AdjacentRows.TakeSamples<T, TLanes>(
                    x, ((plane * g.Height) + first) * g.Width, g.Height * g.Width, rows * g.Width, scratch, again, slot,
                    slot + g.OperandAt, lanes);
                for (var row = 0; row < rows; row += 2)
                    AnalyzeRows<T, TLanes>(horizontal, scratch, slot, first, row, Math.Min(row + 1, rows - 1), g);
            }

            for (var column = 0; column < g.Columns; column++)
                AnalyzeColumn<T, TLanes>(vertical, turns, spectrum, scratch, slot, plane, column, lanes, g);
        }
    }

    /// <summary>
    /// Back, from [columns][rows][2][planes] to [planes][height][width]; in between lie
    /// [height][columns][2][lanes].
    /// </summary>
    internal static void Inverse<T, TLanes>(
        ArrayView<T> spectrum, ArrayView<T> vertical, ArrayView<T> horizontal, ArrayView<T> turns, ArrayView<T> y,
        ArrayView<T> bias, ArrayView<T> scratch, ArrayView<T> again, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var blocks = (g.Planes + TLanes.Width - 1) / TLanes.Width;
        for (var block = WorkItem.First(blocks); block < WorkItem.End(blocks); block++)
        {
            var plane = block * TLanes.Width;
            var lanes = Math.Min(TLanes.Width, g.Planes - plane);
            for (var column = 0; column < g.Columns; column++)
                SynthesizeColumn<T, TLanes>(spectrum, vertical, turns, scratch, slot, plane, column, lanes, g);
            for (var first = 0; first < g.Height; first += g.HeldRows)
            {
                var rows = Math.Min(g.HeldRows, g.Height - first);
                for (var row = 0; row < rows; row += 2)
                    SynthesizeRows<T, TLanes>(horizontal, scratch, slot, first, row, g);
                AdjacentRows.PutSamples<T, TLanes>(
                    scratch, again, slot, slot + g.OperandAt, y, ((plane * g.Height) + first) * g.Width,
                    g.Height * g.Width, rows * g.Width, bias, g.BiasLength, plane, lanes);
            }
        }
    }

    /// <summary>Two of the rows held (one, twice, where their number is odd) to their kept columns.</summary>
    private static void AnalyzeRows<T, TLanes>(
        ArrayView<T> matrix, ArrayView<T> scratch, int slot, int first, int row, int next, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var operand = slot + g.OperandAt;
        var terms = g.TermsW * TLanes.Width;
        for (var i = 0; i < 2; i++)
            FoldedLanes.Fold<T, TLanes>(
                scratch, slot + ((row + (i * (next - row))) * g.Width * TLanes.Width), TLanes.Width, g.Width, g.TermsW,
                g.FoldW, operand + (i * terms), operand + ((2 + i) * terms), TLanes.Width);
        var between = slot + g.BetweenAt + ((first + row) * TLanes.Width);
        for (var column = 0; column < g.Columns; column += PairTile<T, TLanes>.Rows)
            for (var part = 0; part < 2; part++)
            {
                // One product in the code for both parts: compilers take seconds for each.
                var (to, from) = (between + (((2 * column) + part) * g.Pitch), operand + (2 * part * terms));
                PairTile<T, TLanes>.Store(
                    scratch, to, to + TLanes.Width, 2 * g.Pitch,
                    PairTile<T, TLanes>.Add(
                        PairTile<T, TLanes>.Zero, matrix, (part * g.OddW) + (column * g.TermsW), scratch, from, from + terms, TLanes.Width,
                        g.TermsW));
            }
    }

    /// <summary>One column to its kept rows.</summary>
    private static void AnalyzeColumn<T, TLanes>(
        ArrayView<T> matrix, ArrayView<T> turns, ArrayView<T> spectrum, ArrayView<T> scratch, int slot, int plane,
        int column, int lanes, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var operand = slot + g.OperandAt;
        var from = slot + g.BetweenAt + (column * 2 * g.Pitch);
        var half = 2 * g.TermsH * TLanes.Width;
        for (var part = 0; part < 2; part++)
            FoldedLanes.Fold<T, TLanes>(
                scratch, from + (part * g.Pitch), TLanes.Width, g.Height, g.TermsH, g.FoldH,
                operand + (part * TLanes.Width), operand + half + (part * TLanes.Width), 2 * TLanes.Width);
        for (var bin = 0; bin < g.Bins; bin += PairTile<T, TLanes>.Rows)
        {
            FoldedLanes.Multiply<T, TLanes>(
                matrix, bin * g.TermsH, g.OddH, scratch, operand, half, TLanes.Width, 2 * TLanes.Width, g.TermsH,
                slot + g.TileAt);
            for (var k = bin; k < Math.Min(g.Bins, bin + PairTile<T, TLanes>.Rows); k++)
                Split<T, TLanes>(
                    scratch, slot + g.TileAt + ((k - bin) * TLanes.Width), turns, spectrum, plane,
                    (column * g.Rows) + (2 * k) - 1, k, lanes, g);
        }
    }

    /// <summary>One column back from its kept rows.</summary>
    private static void SynthesizeColumn<T, TLanes>(
        ArrayView<T> spectrum, ArrayView<T> matrix, ArrayView<T> turns, ArrayView<T> scratch, int slot, int plane,
        int column, int lanes, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var operand = slot + g.OperandAt;
        var half = 2 * g.Bins * TLanes.Width;
        for (var k = 0; k < g.Bins; k++)
            Join<T, TLanes>(
                spectrum, plane, (column * g.Rows) + (2 * k) - 1, turns, scratch, operand + (2 * k * TLanes.Width),
                operand + half + (2 * k * TLanes.Width), slot + g.TileAt, k, lanes, g);
        var between = slot + g.BetweenAt + (2 * column * TLanes.Width);
        for (var first = 0; first < g.TermsH; first += PairTile<T, TLanes>.Rows)
        {
            FoldedLanes.Multiply<T, TLanes>(
                matrix, first * g.Bins, g.OddH, scratch, operand, half, TLanes.Width, 2 * TLanes.Width, g.Bins,
                slot + g.TileAt);
            FoldedLanes.Unfold<T, TLanes>(
                scratch, slot + g.TileAt, between, TLanes.Width, g.Pitch, first, g.TermsH, g.Height, g.FoldH);
        }
    }

    /// <summary>Two of the rows held back from their kept columns.</summary>
    private static void SynthesizeRows<T, TLanes>(
        ArrayView<T> matrix, ArrayView<T> scratch, int slot, int first, int row, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var from = slot + g.BetweenAt + ((first + row) * g.Pitch);
        var width = g.Width * TLanes.Width;
        for (var term = 0; term < g.TermsW; term += PairTile<T, TLanes>.Rows)
        {
            FoldedLanes.Multiply<T, TLanes>(
                matrix, term * g.Columns, g.OddW, scratch, from, TLanes.Width, g.Pitch, 2 * TLanes.Width, g.Columns,
                slot + g.TileAt);
            FoldedLanes.Unfold<T, TLanes>(
                scratch, slot + g.TileAt, slot + (row * width), width, TLanes.Width, term, g.TermsW, g.Width, g.FoldW);
        }
    }

    /// <summary>
    /// The rows of +k and −k from the even and the odd sums, each of the real and of the imaginary parts of the
    /// column, turned to where it lies. Frequency 0 is its own opposite, half a circle has none.
    /// </summary>
    private static void Split<T, TLanes>(
        ArrayView<T> scratch, int sums, ArrayView<T> turns, ArrayView<T> spectrum, int plane, int row, int k, int lanes,
        PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var next = PairTile<T, TLanes>.Rows * TLanes.Width;
        var evenRe = Lanes.Load<T, TLanes>(scratch, sums);
        var evenIm = Lanes.Load<T, TLanes>(scratch, sums + next);
        var oddRe = Lanes.Load<T, TLanes>(scratch, sums + (2 * next));
        var oddIm = Lanes.Load<T, TLanes>(scratch, sums + (3 * next));
        for (var side = k > 0 ? 0 : 1; side < (2 * k < g.Rows ? 2 : 1); side++)
        {
            var sign = Sign<T>(side);
            var (re, im) = (TLanes.Subtract(evenRe, sign, oddIm), TLanes.Add(evenIm, sign, oddRe));
            var to = (2 * (row + side) * g.Planes) + plane;
            var (cos, sin) = (turns[2 * (row + side)], turns[(2 * (row + side)) + 1]);
            AdjacentRows.Put(
                spectrum, to, lanes, TLanes.Subtract(TLanes.Add(TLanes.Zero, cos, re), sin, im), scratch, sums);
            AdjacentRows.Put(
                spectrum, to + g.Planes, lanes, TLanes.Add(TLanes.Add(TLanes.Zero, cos, im), sin, re), scratch, sums);
        }
    }

    /// <summary>
    /// Of +k and −k, turned to the middle, the sum P, which goes with the even part of the wave, as [re, im], and the
    /// difference Q, which goes with its odd part times −i, as [im, −re].
    /// </summary>
    private static void Join<T, TLanes>(
        ArrayView<T> spectrum, int plane, int row, ArrayView<T> turns, ArrayView<T> scratch, int even, int odd,
        int spare, int k, int lanes, PlaneLanesArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (evenRe, evenIm, oddIm, oddRe) = (TLanes.Zero, TLanes.Zero, TLanes.Zero, TLanes.Zero);
        for (var side = k > 0 ? 0 : 1; side < (2 * k < g.Rows ? 2 : 1); side++)
        {
            var from = (2 * (row + side) * g.Planes) + plane;
            var a = AdjacentRows.Take<T, TLanes>(spectrum, from, lanes, scratch, spare);
            var b = AdjacentRows.Take<T, TLanes>(spectrum, from + g.Planes, lanes, scratch, spare);
            var (cos, sin) = (turns[2 * (row + side)], turns[(2 * (row + side)) + 1]);
            var re = TLanes.Subtract(TLanes.Add(TLanes.Zero, cos, a), sin, b);
            var im = TLanes.Add(TLanes.Add(TLanes.Zero, cos, b), sin, a);
            evenRe = TLanes.Add(evenRe, T.One, re);
            evenIm = TLanes.Add(evenIm, T.One, im);
            oddIm = TLanes.Add(oddIm, Sign<T>(side), im);
            oddRe = TLanes.Subtract(oddRe, Sign<T>(side), re);
        }

        Lanes.Store(scratch, even, evenRe);
        Lanes.Store(scratch, even + TLanes.Width, evenIm);
        Lanes.Store(scratch, odd, oddIm);
        Lanes.Store(scratch, odd + TLanes.Width, oddRe);
    }

    /// <summary>Of the row of +k, or of the one of −k.</summary>
    private static T Sign<T>(int side)
        where T : unmanaged, INumber<T>
    {
        var sign = T.One;
        if (side == 1)
            sign = -T.One;
        return sign;
    }

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            PlaneLanesArguments>)Forward<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            ArrayView<T>, PlaneLanesArguments>)Inverse<T, TLanes>,
    ];
}
