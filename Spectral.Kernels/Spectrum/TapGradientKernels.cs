using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Gradients of filters from spectra, for CPUs, without the spectrum of the gradient: each tile of each
/// frequency's product is added to the samples of its filters at once, as the inverse transform says.
/// </summary>
internal sealed class TapGradientKernels : IKernelForms, IWholeRegisters
{
    /// <summary>Frequencies whose products are added to the sums together.</summary>
    internal const int Together = 4;

    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, Lanes8<float>>(), .. Forms<float, Lanes16<float>>(), .. Forms<float, Lanes32<float>>(),
        .. Forms<double, Lanes4<double>>(), .. Forms<double, Lanes8<double>>(), .. Forms<double, Lanes16<double>>(),
    ];

    /// <summary>
    /// Sums of all items, and, unless there are segments to join, all filters [row][column][tap]; the matrix
    /// is [frequency][2][tap].
    /// </summary>
    internal static void Sum<T, TLanes>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> matrix, ArrayView<T> c, ArrayView<T> scratch,
        TapGradientArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var tiles = slot + g.TilesAt;
        var tileLength = ComplexTile<T, TLanes>.Blocks * TLanes.Width;
        var blockLength = g.Taps * ComplexTile<T, TLanes>.Rows * TLanes.Width;
        var total = g.Segments * g.Groups * g.RowParts;
        for (var item = WorkItem.Index; item < total; item += WorkItem.Count)
        {
            var part = item % g.RowParts;
            var group = item / g.RowParts % g.Groups;
            var segment = item / g.RowParts / g.Groups;
            var firstBlock = (int)((long)g.RowBlocks * part / g.RowParts);
            var lastBlock = (int)((long)g.RowBlocks * (part + 1) / g.RowParts);
            var firstPanel = (int)((long)g.Panels * group / g.Groups);
            var lastPanel = (int)((long)g.Panels * (group + 1) / g.Groups);
            var firstF = (int)((long)g.Product.Frequencies * segment / g.Segments);
            var lastF = (int)((long)g.Product.Frequencies * (segment + 1) / g.Segments);
            var sums0 = g.SumsAt + ((g.Segments > 1 ? item : WorkItem.Index) * g.SumsLength);
            for (var i = 0; i < g.SumsLength; i++)
                scratch[sums0 + i] = T.Zero;
            for (var f = firstF; f < lastF; f += Together)
            {
                var count = Math.Min(Together, lastF - f);
                var sums = sums0;
                for (var panel = firstPanel; panel < lastPanel; panel++)
                {
                    for (var i = 0; i < count; i++)
                        Multiply<T, TLanes>(
                            g.Product, a, b, matrix, scratch, slot, tiles + (i * tileLength), f + i, panel,
                            firstBlock, lastBlock);
                    for (var block = 0; block < lastBlock - firstBlock; block++)
                        AddToTaps<T, TLanes>(
                            g.Taps, matrix, scratch, tiles + (Together * block * tileLength),
                            sums + (block * blockLength), f, count);
                    sums += g.PartBlocks * blockLength;
                }
            }

            if (g.Segments > 1)
                continue;
            for (var panel = firstPanel; panel < lastPanel; panel++)
                for (var block = firstBlock; block < lastBlock; block++)
                    Place<T, TLanes>(
                        g, c, scratch,
                        sums0 + ((((panel - firstPanel) * g.PartBlocks) + block - firstBlock) * blockLength), tiles,
                        block, panel);
        }
    }

    /// <summary>A panel of one frequency's product, in tiles <see cref="Together"/> tiles apart.</summary>
    private static void Multiply<T, TLanes>(
        SpectrumPanelArguments g, ArrayView<T> a, ArrayView<T> b, ArrayView<T> matrix, ArrayView<T> scratch,
        int packed, int tiles, int frequency, int panel, int firstBlock, int lastBlock)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        StoredSpectra<T, TLanes>.Pack(g, b, matrix, scratch, packed, frequency, panel, 0, g.L);
        for (var block = firstBlock; block < lastBlock; block++)
        {
            var row = ComplexTile<T, TLanes>.Row<AcrossRows>(block, g.Rows);
            var rows = new ComplexRows(
                (frequency * 2 * g.APlane) + (row * g.ARow), g.ARow, g.Rows - 1 - row, g.AL, g.APlane);
            var tile = ComplexTile<T, TLanes>.Add<AcrossRows, LeftConjugate<T>>(
                ComplexTile<T, TLanes>.Zero, a, rows, scratch, packed, g.L);
            ComplexTile<T, TLanes>.Store(scratch, tiles, tile);
            tiles += Together * ComplexTile<T, TLanes>.Blocks * TLanes.Width;
        }
    }

    /// <summary>
    /// sums[tap][row] += Σ_f matrix[f][re][tap]·re[f][row] + matrix[f][im][tap]·im[f][row], some frequencies
    /// at a time, so that the sums are seldom read and written.
    /// </summary>
    private static void AddToTaps<T, TLanes>(
        int taps, ArrayView<T> matrix, ArrayView<T> scratch, int tiles, int sums, int frequency, int count)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        for (var tap = 0; tap < taps; tap++)
        {
            var s0 = Lanes.Load<T, TLanes>(scratch, sums);
            var s1 = Lanes.Load<T, TLanes>(scratch, sums + TLanes.Width);
            var s2 = Lanes.Load<T, TLanes>(scratch, sums + (2 * TLanes.Width));
            var s3 = Lanes.Load<T, TLanes>(scratch, sums + (3 * TLanes.Width));
            long m = (frequency * 2 * taps) + tap, at = tiles;
            for (var i = 0; i < count; i++)
            {
                var re = matrix[m];
                var im = matrix[m + taps];
                Add(ref s0, re, im, scratch, at);
                Add(ref s1, re, im, scratch, at + (2 * TLanes.Width));
                Add(ref s2, re, im, scratch, at + (4 * TLanes.Width));
                Add(ref s3, re, im, scratch, at + (6 * TLanes.Width));
                m += 2 * taps;
                at += ComplexTile<T, TLanes>.Blocks * TLanes.Width;
            }

            Lanes.Store(scratch, sums, s0);
            Lanes.Store(scratch, sums + TLanes.Width, s1);
            Lanes.Store(scratch, sums + (2 * TLanes.Width), s2);
            Lanes.Store(scratch, sums + (3 * TLanes.Width), s3);
            sums += ComplexTile<T, TLanes>.Rows * TLanes.Width;
        }
    }

    private static void Add<T, TLanes>(ref TLanes sum, T re, T im, ArrayView<T> tiles, long at)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        sum = TLanes.Add(
            TLanes.Add(sum, re, Lanes.Load<T, TLanes>(tiles, at)), im,
            Lanes.Load<T, TLanes>(tiles, at + TLanes.Width));

    /// <summary>Adds the segments, and writes all filters [row][column][tap].</summary>
    internal static void Join<T, TLanes>(ArrayView<T> c, ArrayView<T> scratch, TapGradientArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var blockLength = g.Taps * ComplexTile<T, TLanes>.Rows * TLanes.Width;
        for (var item = WorkItem.Index; item < g.Panels * g.RowBlocks; item += WorkItem.Count)
        {
            var (panel, block) = (item / g.RowBlocks, item % g.RowBlocks);

            // The last group and part that start no later.
            var group = (((panel + 1) * g.Groups) - 1) / g.Panels;
            var part = (((block + 1) * g.RowParts) - 1) / g.RowBlocks;
            panel -= (int)((long)g.Panels * group / g.Groups);
            block -= (int)((long)g.RowBlocks * part / g.RowParts);
            var sums = g.SumsAt + (((group * g.RowParts) + part) * g.SumsLength)
                + (((panel * g.PartBlocks) + block) * blockLength);
            for (var i = 0; i < blockLength; i += TLanes.Width)
            {
                var sum = TLanes.Zero;
                long at = sums + i;
                for (var segment = 0; segment < g.Segments; segment++)
                {
                    sum = TLanes.Add(sum, T.One, Lanes.Load<T, TLanes>(scratch, at));
                    at += g.Groups * g.RowParts * g.SumsLength;
                }

                Lanes.Store(scratch, sums + i, sum);
            }

            // What another segment had for the same filters has been read.
            Place<T, TLanes>(
                g, c, scratch, sums, sums + (g.Groups * g.RowParts * g.SumsLength), item % g.RowBlocks,
                item / g.RowBlocks);
        }
    }

    private static void Place<T, TLanes>(
        TapGradientArguments g, ArrayView<T> c, ArrayView<T> scratch, int sums, int spare, int block, int panel)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var row = ComplexTile<T, TLanes>.Row<AcrossRows>(block, g.Product.Rows);
        var column = StoredSpectra<T, TLanes>.Column(g.Product, panel);
        var rows = Math.Min(ComplexTile<T, TLanes>.Rows, g.Product.Rows - row);
        var columns = Math.Min(TLanes.Width, g.Product.Columns);
        for (var i = 0; i < rows; i++)
            Interleave(
                scratch, sums + (i * TLanes.Width), ComplexTile<T, TLanes>.Rows * TLanes.Width, spare, c,
                (((row + i) * g.Product.Columns) + column) * g.Taps, columns, g.Taps);
    }

    /// <summary>
    /// [tap][columns] to [column][taps]. With a distance that is no constant compilers would scatter the elements of
    /// whole registers, at several times the cost, unless indices are of 32 bits.
    /// </summary>
    private static void Interleave<T>(
        ArrayView<T> from, int at, int pitch, int spare, ArrayView<T> to, int offset, int columns, int taps)
        where T : unmanaged
    {
        if (taps == 3)
            Shuffle.MergeThree(from, at, pitch, to, offset, columns);
        else if (taps == 5)
            Shuffle.MergeFive(from, at, pitch, to, offset, columns);
        else if (taps == 9)
        {
            for (var i = 0; i < 3; i++)
                Shuffle.MergeThree(from, at + (i * pitch), 3 * pitch, from, spare + (3 * i * columns), columns);
            Shuffle.MergeThree(from, spare, 3 * columns, to, offset, 3 * columns);
        }
        else
            for (var tap = 0; tap < taps; tap++)
                for (var column = 0; column < columns; column++)
                    to[offset + (column * taps) + tap] = from[at + (tap * pitch) + column];
    }

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, TapGradientArguments>)
            Sum<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, TapGradientArguments>)Join<T, TLanes>,
    ];
}
