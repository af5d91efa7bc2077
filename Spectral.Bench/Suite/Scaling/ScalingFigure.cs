using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Spectral.Bench;

/// <summary>
/// Time per unit of work over a size that doubles from point to point. A rival's points that lie beyond twice our
/// largest are outside the frame; the CSV file has them.
/// </summary>
internal static class ScalingFigure
{
    private const int Width = 900;
    private const int Height = 560;

    internal static void Save(string axis, IReadOnlyList<ScalingPoint> points, string path)
    {
        var plot = new Plot();
        foreach (var line in points.GroupBy(p => p.Line))
        {
            var scatter = plot.Add.Scatter(
                line.Select(p => Math.Log2(p.Value)).ToArray(),
                line.Select(p => p.PicosecondsPerUnit).ToArray());
            scatter.LegendText = line.Key;
        }

        var values = points.Select(p => p.Value).Distinct().Order().ToArray();
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. values.Select(v => Math.Log2(v))],
            [.. values.Select(v => v.ToString(CultureInfo.InvariantCulture))]);
        var ours = points.Where(p => p.IsOurs).Max(p => p.PicosecondsPerUnit);
        plot.Axes.SetLimitsY(0, 1.1 * Math.Min(2 * ours, points.Max(p => p.PicosecondsPerUnit)));
        plot.Title($"Forward and backward pass of a layer over its {axis}");
        plot.XLabel(axis);
        plot.YLabel("ps per sample and pair of channels");
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, Width, Height);
    }
}
