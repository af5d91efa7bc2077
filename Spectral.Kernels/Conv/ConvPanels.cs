using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// A convolution as a product by panels: rows are output channels, columns the outputs of all images one
/// after another, and a panel of patches is put together straight from the spread images. The output of the
/// first image starts at <paramref name="start"/>.
/// </summary>
internal struct ConvPanels<T, TLanes>(ConvWork work, int start)
    : IPanelProblem<T, TLanes, ConvPanels<T, TLanes>>
    where T : unmanaged, INumber<T>
    where TLanes : unmanaged, ILanes<T, TLanes>
{
    public int K = work.K, R = work.H.Taps, Q = work.W.Taps, Columns = work.Columns;
    public int OutH = work.H.Outputs, OutW = work.W.Outputs;
    public int DilationH = work.H.Dilation, DilationW = work.W.Dilation;
    public int PhasesH = work.H.Phases, PhasesW = work.W.Phases;
    public int StrideH = work.H.Stride, StrideW = work.W.Stride;

    /// <summary>Strides of the spread images: a row, a phase, a channel, an image.</summary>
    public int Row = work.W.Spread, Phase = work.H.Spread * work.W.Spread;
    public int Channel = work.H.Phases * work.W.Phases * work.H.Spread * work.W.Spread;
    public int Image = work.C * work.H.Phases * work.W.Phases * work.H.Spread * work.W.Spread;

    /// <summary>Strides of the output.</summary>
    public int YStart = start + work.H.OutputStart + work.W.OutputStart, YImage = work.Output.N, YK = work.Output.K;
    public int YH = work.H.OutputStride, YW = work.W.OutputStride;

    /// <summary>1 adds a bias of each output channel.</summary>
    public int Bias;

    public static int RowsAt(ConvPanels<T, TLanes> g, int batch) => 0;

    public static void Pack(
        ConvPanels<T, TLanes> g, ArrayView<T> from, ArrayView<T> scratch, int to, int batch, int column,
        int first, int last)
    {
        // Columns come in runs that are neighbours in a row of the image.
        var run = 1;
        if ((column % g.OutW) + TLanes.Width <= g.OutW && column + TLanes.Width <= g.Columns)
            run = TLanes.Width;
        else if (g.OutW % 8 == 0 && TLanes.Width > 8)
            run = 8;
        else if (g.OutW % 4 == 0)
            run = 4;
        var window = g.R * g.Q;
        var channels = (last - first) / Math.Max(1, window);
        for (var lane = 0; lane < TLanes.Width; lane += run)
        {
            var o = Math.Min(column + lane, g.Columns - run);
            var w = o % g.OutW;
            var h = o / g.OutW % g.OutH;
            var n = o / g.OutW / g.OutH;
            var patch = (n * g.Image) + (first / Math.Max(1, window) * g.Channel) + (h * g.Row) + w;
            for (var tap = 0; tap < window; tap++)
            {
                var r = tap / g.Q * g.DilationH;
                var q = tap % g.Q * g.DilationW;
                var phase = (r % g.StrideH * g.PhasesW) + (q % g.StrideW);
                var i = patch + (phase * g.Phase) + (r / g.StrideH * g.Row) + (q / g.StrideW);
                var j = to + (tap * TLanes.Width) + lane;
                Copy(from, i, g.Channel, scratch, j, window * TLanes.Width, channels, run);
            }
        }
    }

    private static void Copy(
        ArrayView<T> from, int i, int step, ArrayView<T> scratch, int j, int stepTo, int count, int run)
    {
        if (run == TLanes.Width)
        {
            for (var c = 0; c < count; c++)
                Lanes.Store(scratch, j + (c * stepTo), Lanes.Load<T, TLanes>(from, i + (c * step)));
        }
        else if (run == 8)
        {
            for (var c = 0; c < count; c++)
                Lanes.Store(scratch, j + (c * stepTo), Lanes.Load<T, Lanes8<T>>(from, i + (c * step)));
        }
        else if (run == 4)
        {
            for (var c = 0; c < count; c++)
                Lanes.Store(scratch, j + (c * stepTo), Lanes.Load<T, Lanes4<T>>(from, i + (c * step)));
        }
        else
        {
            for (var c = 0; c < count; c++)
                scratch[j + (c * stepTo)] = from[i + (c * step)];
        }
    }

    public static void Place(
        ConvPanels<T, TLanes> g, ArrayView<T> c, ArrayView<T> bias, ArrayView<T> scratch, int tile, T alpha,
        int batch, int row, int column)
    {
        var rows = Math.Min(PanelTile<T, TLanes>.Rows, g.K - row);
        var columns = Math.Min(TLanes.Width, g.Columns - column);
        var w = column % g.OutW;
        var h = column / g.OutW % g.OutH;
        var n = column / g.OutW / g.OutH;

        // In a row of the output, or in several that follow each other without a gap.
        var left = g.OutW - w;
        if (g.YH == g.OutW)
            left += (g.OutH - 1 - h) * g.OutW;
        var together = g.YW == 1 && columns == TLanes.Width && left >= TLanes.Width;
        var at = g.YStart + (n * g.YImage) + (row * g.YK) + (h * g.YH) + (w * g.YW);
        for (var i = 0; i < rows; i++)
        {
            var start = T.Zero;
            if (g.Bias != 0)
                start = bias[row + i];
            if (together)
            {
                Lanes.Store(
                    c, at + (i * g.YK),
                    TLanes.Add(TLanes.Fill(start), T.One, Lanes.Load<T, TLanes>(scratch, tile)));
            }
            else
            {
                Scatter(g, c, scratch, tile, start, at + (i * g.YK), w, h, columns);
            }

            tile += TLanes.Width;
        }
    }

    private static void Scatter(
        ConvPanels<T, TLanes> g, ArrayView<T> c, ArrayView<T> scratch, int tile, T start, int at, int w,
        int h, int columns)
    {
        for (var lane = 0; lane < columns; lane++)
        {
            c[at] = start + scratch[tile + lane];
            at += g.YW;
            w++;
            if (w < g.OutW)
                continue;
            w = 0;
            h++;
            at += g.YH - (g.OutW * g.YW);
            if (h < g.OutH)
                continue;
            h = 0;
            at += g.YImage - (g.OutH * g.YH);
        }
    }
}
