using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Products for CPUs in which a work-item owns blocks of rows: it copies six of them to scratch of its own
/// and walks through panels of columns that all work-items share. For few columns and many rows, or where
/// the contracted length is by far the longest.
/// </summary>
internal sealed class RowPanelKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, Lanes16<float>>(), .. Forms<float, Lanes32<float>>(),
        .. Forms<double, Lanes8<double>>(), .. Forms<double, Lanes16<double>>(),
    ];

    /// <summary>
    /// All rows of all the batch, or of all segments; b is packed by <see cref="PackKernels.Columns"/>.
    /// </summary>
    internal static void Rows<T, TLanes, TProblem>(
        ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> bias, ArrayView<T> scratch, T alpha,
        RowPanelArguments p, TProblem g)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
        where TProblem : unmanaged, IRowProblem<T, TLanes, TProblem>
    {
        var slot = WorkItem.Index * p.SlotLength;
        var total = p.Batch * p.Segments * p.RowParts;
        for (var item = WorkItem.Index; item < total; item += WorkItem.Count)
        {
            var part = item % p.RowParts;
            var segment = item / p.RowParts % p.Segments;
            var batch = item / p.RowParts / p.Segments;
            var firstBlock = (int)((long)p.RowBlocks * part / p.RowParts);
            var lastBlock = (int)((long)p.RowBlocks * (part + 1) / p.RowParts);
            var start = segment * p.SegmentLength;
            var end = Math.Min(p.L, start + p.SegmentLength);
            var sums0 = p.SumsAt + (WorkItem.Index * p.SumsWorker) + (segment * p.SumsSegment);
            var first = start;
            do
            {
                var last = Math.Min(end, first + p.Stretch);
                for (var block = firstBlock; block < lastBlock; block++)
                {
                    var row = block * PanelTile<T, TLanes>.Rows;
                    TProblem.Fill(g, a, scratch, slot, batch, row, first, last);
                    for (var panel = 0; panel < p.Panels; panel++)
                    {
                        // To memory first, whatever follows: see the products by columns.
                        var sums = sums0 + (block * p.SumsBlock) + (panel * p.SumsPanel);
                        var tile = PanelTile<T, TLanes>.Zero;
                        if (first > start)
                            tile = PanelTile<T, TLanes>.Load(scratch, sums);
                        tile = PanelTile<T, TLanes>.Add<SeparateRows>(
                            tile, scratch, slot, b,
                            (batch * p.PanelBatch) + (((panel * p.L) + first) * TLanes.Width), last - first);
                        PanelTile<T, TLanes>.Store(scratch, sums, TLanes.Width, tile);
                        if (last == end)
                            TProblem.Place(
                                g, c, bias, scratch, sums, alpha, batch, row, panel * TLanes.Width);
                    }
                }

                first = last;
            }
            while (first < end);
        }
    }

    private static Delegate[] Forms<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, PackColumnsArguments>)PackKernels.Columns<T, TLanes>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, RowPanelArguments,
            FilterPanels<T, TLanes>>)Rows<T, TLanes, FilterPanels<T, TLanes>>,
        (Action<ArrayView<T>, ArrayView<T>, FilterPanels<T, TLanes>, RowPanelArguments>)
            FilterPanels<T, TLanes>.Gather,
    ];
}
