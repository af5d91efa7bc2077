using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Products for CPUs in which a work-item owns a panel of columns: it packs a stretch of it to scratch of
/// its own, which then stays in its core's cache, and walks through the rows, tile by tile.
/// </summary>
internal sealed class PanelKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, Lanes16<float>>(), .. Forms<float, Lanes32<float>>(),
        .. Forms<double, Lanes8<double>>(), .. Forms<double, Lanes16<double>>(),
    ];

    /// <summary>All columns of all the batch; a is packed by <see cref="PackKernels.Rows"/>.</summary>
    internal static void Columns<T, TLanes, TProblem>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> bias, ArrayView<T> scratch, T alpha,
        PanelArguments p, TProblem g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
        where TProblem : unmanaged, IPanelProblem<T, TLanes, TProblem>
    {
        var slot = WorkItem.Index * p.SlotLength;
        var tileLength = PanelTile<T, TLanes>.Rows * TLanes.Width;
        var total = p.Batch * p.Panels * p.RowParts;

        // Neighbours, not a stride apart: the next panel lies in the same pages and lines of both matrices.
        var firstItem = WorkItem.First(total);
        var lastItem = WorkItem.End(total);
        for (var item = firstItem; item < lastItem; item++)
        {
            var part = item % p.RowParts;
            var column = item / p.RowParts % p.Panels * TLanes.Width;
            var batch = item / p.RowParts / p.Panels;
            var firstBlock = (int)((long)p.RowBlocks * part / p.RowParts);
            var lastBlock = (int)((long)p.RowBlocks * (part + 1) / p.RowParts);
            var rows = TProblem.RowsAt(g, batch);
            var first = 0;
            do
            {
                var last = Math.Min(p.L, first + p.Stretch);
                TProblem.Pack(g, b, scratch, slot, batch, column, first, last);
                for (var block = firstBlock; block < lastBlock; block++)
                {
                    // Whatever follows, the sums go to memory first: compilers that put scalars together
                    // to vectors start from such a run of stores.
                    var sums = slot + p.SumsAt + ((block - firstBlock) * p.SumsStep * tileLength);
                    var tile = PanelTile<T, TLanes>.Zero;
                    if (first > 0)
                        tile = PanelTile<T, TLanes>.Load(scratch, sums);
                    tile = PanelTile<T, TLanes>.Add<InterleavedRows>(
                        tile, a, rows + (((block * p.L) + first) * PanelTile<T, TLanes>.Rows), scratch, slot,
                        last - first);
                    PanelTile<T, TLanes>.Store(scratch, sums, TLanes.Width, tile);
                    if (last == p.L)
                        TProblem.Place(
                            g, c, bias, scratch, sums, alpha, batch,
                            block * PanelTile<T, TLanes>.Rows, column);
                }

                first = last;
            }
            while (first < p.L);
        }
    }

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, PackArguments>)PackKernels.Rows,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, PanelArguments,
            GemmPanels<T, TLanes>>)Columns<T, TLanes, GemmPanels<T, TLanes>>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, PanelArguments,
            ConvPanels<T, TLanes>>)Columns<T, TLanes, ConvPanels<T, TLanes>>,
    ];
}
