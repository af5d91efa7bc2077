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
        var window = g.R * g.Q;
        var channels = (last - first) / Math.Max(1, window);

        // What lanes beyond the last column hold is never placed.
        var lanes = Math.Min(TLanes.Width, g.Columns - column);
        var run = 0;
        for (var lane = 0; lane < lanes; lane += run)
        {
            var w = (column + lane) % g.OutW;
            var h = (column + lane) / g.OutW % g.OutH;
            var n = (column + lane) / g.OutW / g.OutH;
            run = Math.Min(lanes - lane, Run(g, g.Row, h, w));
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

    /// <summary>
    /// Columns from (h, w) on that are neighbours where rows are so far apart: the rest of the row or, where rows
    /// follow each other without a gap, of the image.
    /// </summary>
    private static int Run(ConvPanels<T, TLanes> g, int row, int h, int w)
    {
        var run = g.OutW - w;
        if (row == g.OutW)
            run += (g.OutH - 1 - h) * g.OutW;
        return run;
    }

    /// <summary>A run of each channel: whole registers, two that overlap where it is no power of two.</summary>
    private static void Copy(
        ArrayView<T> from, int i, int step, ArrayView<T> scratch, int j, int stepTo, int count, int run)
    {
        if (run == TLanes.Width)
        {
            Copy<TLanes>(from, i, step, scratch, j, stepTo, count);
        }
        else if (run > 16)
        {
            Copy<Lanes16<T>>(from, i, step, scratch, j, stepTo, count);
            Copy<Lanes16<T>>(from, i + run - 16, step, scratch, j + run - 16, stepTo, count);
        }
        else if (run >= 8)
        {
            Copy<Lanes8<T>>(from, i, step, scratch, j, stepTo, count);
            if (run > 8)
                Copy<Lanes8<T>>(from, i + run - 8, step, scratch, j + run - 8, stepTo, count);
        }
        else if (run >= 4)
        {
            Copy<Lanes4<T>>(from, i, step, scratch, j, stepTo, count);
            if (run > 4)
                Copy<Lanes4<T>>(from, i + run - 4, step, scratch, j + run - 4, stepTo, count);
        }
        else
        {
            for (var c = 0; c < count; c++)
                for (var e = 0; e < run; e++)
                    scratch[j + (c * stepTo) + e] = from[i + (c * step) + e];
        }
    }

    private static void Copy<TRun>(
        ArrayView<T> from, int i, int step, ArrayView<T> scratch, int j, int stepTo, int count)
        where TRun : unmanaged, ILanes<T, TRun>
    {
        for (var c = 0; c < count; c++)
            Lanes.Store(scratch, j + (c * stepTo), Lanes.Load<T, TRun>(from, i + (c * step)));
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

        var together = g.YW == 1 && columns == TLanes.Width && Run(g, g.YH, h, w) >= TLanes.Width;
        var at = g.YStart + (n * g.YImage) + (row * g.YK) + (h * g.YH) + (w * g.YW);
        for (var i = 0; i < rows; i++)
        {
            var start = T.Zero;
            if (g.Bias != 0)
                start = bias[row + i];
            if (together)
                Add<TLanes>(scratch, tile, start, c, at + (i * g.YK));
            else
                Scatter(g, c, scratch, tile, start, at + (i * g.YK), w, h, columns);
            tile += TLanes.Width;
        }
    }

    private static void Add<TRun>(ArrayView<T> sums, int tile, T start, ArrayView<T> c, int at)
        where TRun : unmanaged, ILanes<T, TRun> =>
        Lanes.Store(c, at, TRun.Add(TRun.Fill(start), T.One, Lanes.Load<T, TRun>(sums, tile)));

    /// <summary>Columns of several rows of the output, run by run.</summary>
    private static void Scatter(
        ConvPanels<T, TLanes> g, ArrayView<T> c, ArrayView<T> scratch, int tile, T start, int at, int w,
        int h, int columns)
    {
        while (columns > 0)
        {
            var run = Math.Min(columns, g.OutW - w);
            if (g.YW == 1 && run >= 4)
            {
                for (var e = 0; e + 4 < run; e += 4)
                    Add<Lanes4<T>>(scratch, tile + e, start, c, at + e);
                Add<Lanes4<T>>(scratch, tile + run - 4, start, c, at + run - 4);
            }
            else
            {
                for (var e = 0; e < run; e++)
                    c[at + (e * g.YW)] = start + scratch[tile + e];
            }

            columns -= run;
            tile += run;
            at += g.YH - (w * g.YW);
            w = 0;
            h++;
            if (h < g.OutH)
                continue;
            h = 0;
            at += g.YImage - (g.OutH * g.YH);
        }
    }
}
