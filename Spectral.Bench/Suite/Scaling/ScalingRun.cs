using System.Globalization;
using System.Text;

namespace Spectral.Bench;

/// <summary>One point of a figure.</summary>
/// <param name="Line">Who, at which share.</param>
/// <param name="Value">Size.</param>
/// <param name="Seconds">Time of a forward and backward pass.</param>
/// <param name="Units">Work in it.</param>
internal sealed record ScalingPoint(string Line, int Value, double Seconds, double Units)
{
    /// <summary>Beginning of the names of our lines.</summary>
    internal const string Ours = "Spectral, ";

    /// <summary>Whether it is one of ours.</summary>
    internal bool IsOurs => Line.StartsWith(Ours, StringComparison.Ordinal);

    /// <summary>Time of one unit of work in picoseconds.</summary>
    internal double PicosecondsPerUnit => Seconds / Units * 1e12;
}

/// <summary>
/// Measures how the cost of a layer grows, and writes a CSV file and a figure for each size that grows.
/// </summary>
internal static class ScalingRun
{
    internal static void Run(SuiteContext context, Referee referee, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var axis in ScalingAxis.All)
        {
            List<ScalingPoint> points = [];
            foreach (var value in context.Quick ? axis.Values.Where((_, i) => i % 2 == 0) : axis.Values)
            {
                Console.Error.WriteLine($"{axis.Name} {value}");
                points.AddRange(PointsOf(axis, value, referee.Run(axis.ContestAt(context, value))));
                context.Device.Pool.Trim();
            }

            var csv = Csv(axis.Name, points);
            Console.Out.Write(csv);
            File.WriteAllText(Path.Combine(folder, $"scaling-{axis.Name}.csv"), csv);
            ScalingFigure.Save(axis.Name, points, Path.Combine(folder, $"scaling-{axis.Name}.png"));
        }
    }

    /// <summary>Ours, and each rival once: its time is the same in every line it is compared in.</summary>
    internal static IEnumerable<ScalingPoint> PointsOf(
        ScalingAxis axis, int value, IReadOnlyList<Result> results)
    {
        var units = axis.UnitsAt(value);
        var ours = results.DistinctBy(r => r.Variant)
            .Select(r => new ScalingPoint($"{ScalingPoint.Ours}{r.Variant}", value, r.Ours.Time.Seconds, units));
        var theirs = results.Where(r => r.Theirs is not null).DistinctBy(r => r.Rival)
            .Select(r => new ScalingPoint(r.Rival, value, r.Theirs!.Time.Seconds, units));
        return ours.Concat(theirs);
    }

    /// <summary>A line a point.</summary>
    internal static string Csv(string axis, IEnumerable<ScalingPoint> points)
    {
        var text = new StringBuilder($"{axis},line,seconds,ps_per_unit\n");
        foreach (var p in points)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{p.Value},\"{p.Line}\",{p.Seconds:G6},{p.PicosecondsPerUnit:G4}\n");
        return text.ToString();
    }
}
