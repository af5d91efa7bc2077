using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The gradient of the filters as a product by rows: rows are taps, columns output channels, and the
/// contracted length runs over the outputs of all images. Rows are read straight from the spread images.
/// </summary>
internal struct FilterPanels<T, TLanes>(ConvWork work) : IRowProblem<T, TLanes, FilterPanels<T, TLanes>>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    public int K = work.K, R = work.H.Taps, Q = work.W.Taps, Taps = work.L;
    public int OutH = work.H.Outputs, OutW = work.W.Outputs;
    public int DilationH = work.H.Dilation, DilationW = work.W.Dilation;
    public int PhasesW = work.W.Phases, StrideH = work.H.Stride, StrideW = work.W.Stride;

    /// <summary>Strides of the spread images: a row, a phase, a channel, an image.</summary>
    public int Row = work.W.Spread, Phase = work.H.Spread * work.W.Spread;
    public int Channel = work.H.Phases * work.W.Phases * work.H.Spread * work.W.Spread;
    public int Image = work.C * work.H.Phases * work.W.Phases * work.H.Spread * work.W.Spread;

    public static void Fill(
        FilterPanels<T, TLanes> g, ArrayView<T> from, ArrayView<T> scratch, int to, int batch, int row,
        int first, int last)
    {
        for (var i = 0; i < PanelTile<T, TLanes>.Rows; i++)
        {
            var tap = Math.Min(row + i, g.Taps - 1);
            var q = tap % g.Q * g.DilationW;
            var r = tap / g.Q % g.R * g.DilationH;
            var phase = (r % g.StrideH * g.PhasesW) + (q % g.StrideW);
            var at = (tap / g.Q / g.R * g.Channel) + (phase * g.Phase) + (r / g.StrideH * g.Row)
                + (q / g.StrideW);
            var w = first % g.OutW;
            var h = first / g.OutW % g.OutH;
            var n = first / g.OutW / g.OutH;
            var j = to + (i * SeparateRows.Pitch);
            var l = first;
            while (l < last)
            {
                var run = Math.Min(g.OutW - w, last - l);
                SpreadKernels.Copy(from, at + (n * g.Image) + (h * g.Row) + w, scratch, j, run);
                l += run;
                j += run;
                w = 0;
                h++;
                if (h == g.OutH)
                {
                    h = 0;
                    n++;
                }
            }
        }
    }

    /// <summary>Sums stay in scratch: <see cref="Gather"/> adds those of the segments.</summary>
    public static void Place(
        FilterPanels<T, TLanes> g, ArrayView<T> c, ArrayView<T> bias, ArrayView<T> scratch, int tile, T alpha,
        int batch, int row, int column)
    {
    }

    /// <summary>dw[k][tap] = the sums of all segments, in order; a work-item for each tile.</summary>
    internal static void Gather(
        ArrayView<T> scratch, ArrayView<T> dw, FilterPanels<T, TLanes> g, RowPanelArguments p)
    {
        for (var item = WorkItem.Index; item < p.RowBlocks * p.Panels; item += WorkItem.Count)
        {
            var row = item / p.Panels * PanelTile<T, TLanes>.Rows;
            var column = item % p.Panels * TLanes.Width;
            var rows = Math.Min(PanelTile<T, TLanes>.Rows, g.Taps - row);
            var columns = Math.Min(TLanes.Width, g.K - column);
            var tile = p.SumsAt + (item * p.SumsPanel);
            for (var lane = 0; lane < columns; lane++)
            {
                for (var i = 0; i < rows; i++)
                {
                    var sum = T.Zero;
                    for (var s = 0; s < p.Segments; s++)
                        sum += scratch[tile + (s * p.SumsSegment) + (i * TLanes.Width) + lane];
                    dw[((column + lane) * g.Taps) + row + i] = sum;
                }
            }
        }
    }
}
