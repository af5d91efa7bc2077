using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Gradients of filters from spectra, for CPUs, without the spectrum of the gradient: a work-item owns a panel
/// of input channels and some output channels, and adds each tile of each frequency's product to the samples
/// of its filters, as the inverse transform says.
/// </summary>
internal sealed class TapGradientKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
    [
        Form<float, Lanes8<float>>(), Form<float, Lanes16<float>>(),
        Form<double, Lanes4<double>>(), Form<double, Lanes8<double>>(),
    ];

    /// <summary>All filters [row][column][tap]; the matrix is [frequency][2][tap].</summary>
    internal static void Rows<T, TLanes>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> matrix, ArrayView<T> c, ArrayView<T> scratch,
        SpectrumPanelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var tileAt = slot + g.SumsAt;
        var block0 = tileAt + (ComplexTile<T, TLanes>.Blocks * TLanes.Width);
        var blockLength = g.Taps * ComplexTile<T, TLanes>.Rows * TLanes.Width;
        for (var item = WorkItem.Index; item < g.Panels * g.RowParts; item += WorkItem.Count)
        {
            var column = Math.Min(
                item / g.RowParts * TLanes.Width, Math.Max(0, g.Columns - TLanes.Width));
            var part = item % g.RowParts;
            var firstBlock = (int)((long)g.RowBlocks * part / g.RowParts);
            var lastBlock = (int)((long)g.RowBlocks * (part + 1) / g.RowParts);
            for (var i = 0; i < (lastBlock - firstBlock) * blockLength; i++)
                scratch[block0 + i] = T.Zero;
            for (var f = 0; f < g.Frequencies; f++)
            {
                StoredSpectra<T, TLanes>.Pack(g, b, matrix, scratch, slot, f, column, 0, g.L);
                for (var block = firstBlock; block < lastBlock; block++)
                {
                    var row = block * ComplexTile<T, TLanes>.Rows;
                    var rows = new ComplexRows(
                        (f * 2 * g.APlane) + (row * g.ARow), g.ARow, g.Rows - 1 - row, g.AL, g.APlane);
                    var tile = ComplexTile<T, TLanes>.Add<AcrossRows, LeftConjugate<T>>(
                        ComplexTile<T, TLanes>.Zero, a, rows, scratch, slot, g.L);
                    ComplexTile<T, TLanes>.Store(scratch, tileAt, tile);
                    AddToTaps<T, TLanes>(
                        g, matrix, f, scratch, tileAt, block0 + ((block - firstBlock) * blockLength));
                }
            }

            for (var block = firstBlock; block < lastBlock; block++)
                Place<T, TLanes>(
                    g, c, scratch, block0 + ((block - firstBlock) * blockLength),
                    block * ComplexTile<T, TLanes>.Rows, column);
        }
    }

    /// <summary>sums[tap][row] += matrix[f][re][tap]·re[row] + matrix[f][im][tap]·im[row].</summary>
    private static void AddToTaps<T, TLanes>(
        SpectrumPanelArguments g, ArrayView<T> matrix, int frequency, ArrayView<T> scratch, int tileAt,
        int sums)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var tile = ComplexTile<T, TLanes>.Load(scratch, tileAt);
        var m = frequency * 2 * g.Taps;
        for (var tap = 0; tap < g.Taps; tap++)
        {
            var re = matrix[m + tap];
            var im = matrix[m + g.Taps + tap];
            Add(scratch, sums, re, im, tile.Re0, tile.Im0);
            Add(scratch, sums + TLanes.Width, re, im, tile.Re1, tile.Im1);
            Add(scratch, sums + (2 * TLanes.Width), re, im, tile.Re2, tile.Im2);
            Add(scratch, sums + (3 * TLanes.Width), re, im, tile.Re3, tile.Im3);
            sums += ComplexTile<T, TLanes>.Rows * TLanes.Width;
        }
    }

    private static void Add<T, TLanes>(ArrayView<T> sums, int at, T re, T im, TLanes tileRe, TLanes tileIm)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        Lanes.Store(
            sums, at, TLanes.Add(TLanes.Add(Lanes.Load<T, TLanes>(sums, at), re, tileRe), im, tileIm));

    private static void Place<T, TLanes>(
        SpectrumPanelArguments g, ArrayView<T> c, ArrayView<T> scratch, int sums, int row, int column)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var rows = Math.Min(ComplexTile<T, TLanes>.Rows, g.Rows - row);
        var columns = Math.Min(TLanes.Width, g.Columns);
        for (var i = 0; i < rows; i++)
        {
            for (var tap = 0; tap < g.Taps; tap++)
            {
                var from = sums + (((tap * ComplexTile<T, TLanes>.Rows) + i) * TLanes.Width);
                var to = ((((row + i) * g.Columns) + column) * g.Taps) + tap;
                for (var lane = 0; lane < columns; lane++)
                    c[to + (lane * g.Taps)] = scratch[from + lane];
            }
        }
    }

    private static Delegate Form<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SpectrumPanelArguments>)
            Rows<T, TLanes>;
}
