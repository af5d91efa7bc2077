using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Products of spectra for CPUs: a work-item owns a panel of columns of one frequency, which it packs to
/// scratch of its own, so that it stays in its core's first cache, and walks through the rows, tile by tile.
/// </summary>
internal sealed class SpectrumPanelKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, Lanes8<float>>(), .. Forms<float, Lanes16<float>>(), .. Forms<float, Lanes32<float>>(),
        .. Forms<double, Lanes4<double>>(), .. Forms<double, Lanes8<double>>(), .. Forms<double, Lanes16<double>>(),
    ];

    /// <summary>All columns of all frequencies.</summary>
    internal static void Columns<T, TLanes, TRows, TProduct, TPanels>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> matrix, ArrayView<T> c, ArrayView<T> scratch,
        SpectrumPanelArguments g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
        where TRows : struct, IRowDirection
        where TProduct : struct, IComplexProduct<T>
        where TPanels : struct, ISpectrumPanels<T, TLanes>
    {
        var slot = WorkItem.Index * g.SlotLength;
        var total = g.Frequencies * g.Panels * g.RowParts;

        // Neighbours, not a stride apart: what one frequency, or one panel, reads stays in the cache.
        var firstItem = WorkItem.First(total);
        var lastItem = WorkItem.End(total);
        for (var item = firstItem; item < lastItem; item++)
        {
            var part = item % g.RowParts;
            var rest = item / g.RowParts;
            var panel = g.PanelsFirst != 0 ? rest / g.Frequencies : rest % g.Panels;
            var f = g.PanelsFirst != 0 ? rest % g.Frequencies : rest / g.Panels;
            var firstBlock = (int)((long)g.RowBlocks * part / g.RowParts);
            var lastBlock = (int)((long)g.RowBlocks * (part + 1) / g.RowParts);
            var first = 0;
            do
            {
                var last = Math.Min(g.L, first + g.Stretch);
                TPanels.Pack(g, b, matrix, scratch, slot, f, panel, first, last);
                for (var block = firstBlock; block < lastBlock; block++)
                {
                    // Whatever follows, the sums go to memory first: compilers that put scalars together
                    // to vectors start from such a run of stores.
                    var row = ComplexTile<T, TLanes>.Row<TRows>(block, g.Rows);
                    var sums = slot + g.SumsAt
                        + ((block - firstBlock) * g.SumsStep * ComplexTile<T, TLanes>.Blocks * TLanes.Width);
                    var tile = ComplexTile<T, TLanes>.Zero;
                    if (first > 0)
                        tile = ComplexTile<T, TLanes>.Load(scratch, sums);
                    var rows = new ComplexRows(
                        (f * 2 * g.APlane) + (row * g.ARow) + (first * g.AL), g.ARow, g.Rows - 1 - row,
                        g.AL, g.APlane);
                    tile = ComplexTile<T, TLanes>.Add<TRows, TProduct>(
                        tile, a, rows, scratch, slot, last - first);
                    ComplexTile<T, TLanes>.Store(scratch, sums, tile);
                    if (last == g.L)
                        Place<T, TLanes>(g, c, scratch, sums, f, row, TPanels.Column(g, panel));
                }

                first = last;
            }
            while (first < g.L);
        }
    }

    private static void Place<T, TLanes>(
        SpectrumPanelArguments g, ArrayView<T> c, ArrayView<T> scratch, int tile, int frequency, int row,
        int column)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var plane = g.Rows * g.Columns;
        var index = (frequency * 2 * plane) + (row * g.Columns) + column;
        var rows = Math.Min(ComplexTile<T, TLanes>.Rows, g.Rows - row);
        for (var i = 0; i < rows; i++)
        {
            if (column + TLanes.Width <= g.Columns)
            {
                Lanes.Store(c, index, Lanes.Load<T, TLanes>(scratch, tile));
                Lanes.Store(c, index + plane, Lanes.Load<T, TLanes>(scratch, tile + TLanes.Width));
            }
            else
            {
                for (var lane = 0; lane < g.Columns - column; lane++)
                {
                    c[index + lane] = scratch[tile + lane];
                    c[index + plane + lane] = scratch[tile + TLanes.Width + lane];
                }
            }

            index += g.Columns;
            tile += 2 * TLanes.Width;
        }
    }

    private static IEnumerable<Delegate> Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        Form<T, TLanes, AlongRows, RightConjugate<T>, StoredSpectra<T, TLanes>>(),
        Form<T, TLanes, AlongRows, PlainProduct<T>, StoredSpectra<T, TLanes>>(),
        Form<T, TLanes, AcrossRows, LeftConjugate<T>, StoredSpectra<T, TLanes>>(),
        Form<T, TLanes, AcrossFewRows, LeftConjugate<T>, StoredSpectra<T, TLanes>>(),
        Form<T, TLanes, AlongRows, RightConjugate<T>, FilterTaps<T, TLanes>>(),
        Form<T, TLanes, AlongRows, PlainProduct<T>, FilterTaps<T, TLanes>>(),
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, PackColumnsArguments>)PackKernels.Columns<T, TLanes>,
    ];

    private static Delegate Form<T, TLanes, TRows, TProduct, TPanels>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
        where TRows : struct, IRowDirection
        where TProduct : struct, IComplexProduct<T>
        where TPanels : struct, ISpectrumPanels<T, TLanes> =>
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, SpectrumPanelArguments>)
            Columns<T, TLanes, TRows, TProduct, TPanels>;
}
