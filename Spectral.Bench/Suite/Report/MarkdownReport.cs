using System.Globalization;
using System.Text;

namespace Spectral.Bench;

/// <summary>Writes the results as Markdown: a list of facts, a table a block, the averages a block.</summary>
internal static class MarkdownReport
{
    private static readonly string[] Columns =
    [
        "case", "pass", "ours", "ms", "error", "floor ms", "rival", "ms", "error", "rival ÷ ours", "CPU ÷",
        "must → excellent → moonshot", "reached",
    ];

    /// <summary>The whole report.</summary>
    internal static string Write(RunHeader header, IReadOnlyList<Result> results)
    {
        var text = new StringBuilder("# Benchmarks\n\n");
        foreach (var (name, fact) in header.Facts)
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {fact}\n");
        foreach (var block in results.GroupBy(r => r.Block))
            WriteBlock(text, block.Key, [.. block]);
        return text.ToString();
    }

    private static void WriteBlock(StringBuilder text, string name, IReadOnlyList<Result> results)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n");
        Row(text, Columns);
        Row(text, Columns.Select((_, i) => i is 3 or 4 or 5 or (>= 7 and <= 10) ? "---:" : "---"));
        foreach (var r in results)
            Row(text, Cells(r));

        var averages = BlockAverage.Of(results);
        if (averages.Count > 0)
            text.Append('\n');
        foreach (var average in averages)
            text.Append(CultureInfo.InvariantCulture, $"- {average}\n");
        WriteKernels(text, results);
    }

    private static void WriteKernels(StringBuilder text, IReadOnlyList<Result> results)
    {
        var profiled = results.Where(r => r.Ours.Kernels.Count > 0)
            .DistinctBy(r => (r.Case, r.Pass, r.Variant)).ToList();
        if (profiled.Count == 0)
            return;
        text.Append('\n');
        Row(text, ["case", "pass", "ours", "kernel", "launches", "ms"]);
        Row(text, ["---", "---", "---", "---", "---:", "---:"]);
        foreach (var r in profiled)
            foreach (var k in r.Ours.Kernels)
                Row(text,
                [
                    r.Case, r.Pass, r.Variant, $"`{k.Kernel}`", k.Launches.ToString(CultureInfo.InvariantCulture),
                    Milliseconds(k.Milliseconds / 1e3),
                ]);
    }

    private static IEnumerable<string> Cells(Result r) =>
    [
        r.Case,
        r.Pass,
        r.Variant,
        Milliseconds(r.Ours.Time.Seconds),
        Error(r.Ours.Error),
        r.FloorSeconds > 0 ? Milliseconds(r.FloorSeconds) : "",
        r.Missing is null ? r.Rival : $"{r.Rival}: missing ({r.Missing})",
        r.Theirs is null ? "" : Milliseconds(r.Theirs.Time.Seconds),
        Error(r.Theirs?.Error),
        Ratio(r.Ratio),
        Ratio(r.CpuRatio),
        r.Target?.Steps ?? "",
        r.Reached,
    ];

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(c => c.Replace("|", "/"))).Append(" |\n");

    private static string Milliseconds(double seconds) => (seconds * 1e3) switch
    {
        >= 100 and var ms => ms.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 and var ms => ms.ToString("F1", CultureInfo.InvariantCulture),
        >= 0.1 and var ms => ms.ToString("F2", CultureInfo.InvariantCulture),
        var ms => ms.ToString("F4", CultureInfo.InvariantCulture),
    };

    private static string Ratio(double? ratio) => ratio switch
    {
        null => "",
        >= 10 and { } r => r.ToString("F1", CultureInfo.InvariantCulture),
        { } r => r.ToString("F2", CultureInfo.InvariantCulture),
    };

    private static string Error(double? error) =>
        error?.ToString("0.0e+0", CultureInfo.InvariantCulture) ?? "";
}
