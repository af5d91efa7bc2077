using System.Globalization;
using System.Text;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// The <c>.ts</c> text format of the UEA and UCR archive: comments (#), header lines (@key values), then
/// after <c>@data</c> one sample a line, its dimensions separated by colons, their values by commas, the
/// label last.
/// </summary>
internal static class TsReader
{
    internal static SeriesTable Read(string path)
    {
        var table = new SeriesTable(Path.GetFileName(path));
        var lines = new LineReader(DataFile.ReadText(path).Span);
        var classes = ReadHeader(ref lines, table);
        while (lines.Next())
            ReadRow(lines.Line, lines.Number, table, classes);
        return table;
    }

    // Returns the class labels that the header declares; none if it declares them without names.
    private static string[] ReadHeader(ref LineReader lines, SeriesTable table)
    {
        string[]? classes = null;
        while (lines.Next())
        {
            var words = Encoding.UTF8.GetString(lines.Line)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var first = words.Length > 1 ? words[1] : "";
            switch (words[0].ToLowerInvariant())
            {
                case "@data":
                    return classes ?? throw Header(table, lines, "no @classLabel before @data",
                        "@classLabel true followed by the labels", "use a classification data set");
                case "@timestamps" when IsTrue(first):
                    throw Header(table, lines, "@timeStamps true", "series without time stamps",
                        "resample the series at equal steps");
                case "@univariate" when IsTrue(first):
                    table.ExpectDimensions(1);
                    break;
                case "@dimensions" or "@dimension":
                    table.ExpectDimensions(Count(table, lines, words[0], first));
                    break;
                case "@serieslength":
                    table.ExpectLength(Count(table, lines, words[0], first));
                    break;
                case "@targetlabel" when IsTrue(first):
                    throw Header(table, lines, "@targetLabel true", "class labels (@classLabel true)",
                        "use a classification data set");
                case "@classlabel":
                    if (!IsTrue(first))
                    {
                        throw Header(table, lines, $"@classLabel {first}", "@classLabel true and the labels",
                            "use a classification data set");
                    }
                    classes = words[2..];
                    break;
                case var word when word[0] != '@':
                    throw Header(table, lines, "a row before @data", "header lines first, then @data",
                        "check that the file is a .ts file");
            }
        }
        throw new DataFormatException(
            table.File, "the file ends before @data", "a header, @data, then the series",
            "the file is cut short: copy it again from its source");
    }

    private static void ReadRow(ReadOnlySpan<byte> row, int line, SeriesTable table, string[] classes)
    {
        var colon = row.LastIndexOf((byte)':');
        var label = row[(colon + 1)..].Trim(" \t"u8);
        if (colon < 0 || label.IsEmpty)
        {
            throw DataFile.At(table.File, line, "a row without a label", "values, a colon, the label",
                "the row is cut short: copy the file again from its source");
        }
        for (var series = row[..colon]; ;)
        {
            var end = series.IndexOf((byte)':');
            table.AddDimension(end < 0 ? series : series[..end], (byte)',', line);
            if (end < 0)
                break;
            series = series[(end + 1)..];
        }

        table.EndRow(label, line);
        var name = table.Labels[^1];
        if (classes.Length > 0 && !Array.Exists(classes, declared => LabelMap.Same(declared, name)))
        {
            throw DataFile.At(table.File, line, $"the label '{name}'",
                $"those of @classLabel: {string.Join(", ", classes)}", "correct the row or the header");
        }
    }

    private static bool IsTrue(string word) => word.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static int Count(SeriesTable table, LineReader lines, string key, string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw Header(table, lines, $"{key} {word}", "a positive whole number", "correct the header");

    private static DataFormatException Header(
        SeriesTable table, LineReader lines, string given, string allowed, string remedy) =>
        DataFile.At(table.File, lines.Number, given, allowed, remedy);
}
