using System.Globalization;
using System.Text;

namespace Spectral.Nn;

/// <summary>A <see cref="ModelSummary"/> as text.</summary>
internal static class SummaryTable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    internal static string Of(ModelSummary summary)
    {
        List<string[]> lines =
            [["layer", "type", "output", "parameters", "multiply-adds", "kept band", "saved bytes"]];
        lines.AddRange(summary.Rows.Select(Line));
        lines.Add([
            "sum", "", "", Number(summary.Parameters), Number(summary.MultiplyAdds), "",
            Number(summary.SavedBytes)]);
        var widths = Enumerable.Range(0, lines[0].Length).Select(c => lines.Max(l => l[c].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            for (var c = 0; c < line.Length; c++)
                text.Append(c < 3 ? line[c].PadRight(widths[c]) : line[c].PadLeft(widths[c])).Append("  ");
            while (text[^1] == ' ')
                text.Length--;
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string[] Line(ModelSummary.Row row) =>
    [
        row.Layer, row.Type, $"[{string.Join(", ", row.OutputShape)}]", Number(row.Parameters),
        Number(row.MultiplyAdds), Band(row), Number(row.SavedBytes),
    ];

    private static string Band(ModelSummary.Row row) => row.SpectrumElements == 0
        ? ""
        : string.Create(Culture, $"{row.Kept:N0} of {row.SpectrumElements:N0} ")
            + string.Create(Culture, $"({row.Kept / (double)row.SpectrumElements:P1})");

    private static string Number(double value) => value == 0 ? "" : value.ToString("N0", Culture);
}
