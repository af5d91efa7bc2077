namespace Spectral.Nn;

/// <summary>
/// The UCR archive's plain tables, one series a line with its label first: <c>.tsv</c> (tabs) and the older
/// <c>.txt</c> (commas, or any white space).
/// </summary>
internal static class DelimitedReader
{
    internal static SeriesTable ReadTsv(string path) => Read(path, _ => (byte)'\t');

    internal static SeriesTable ReadTxt(string path) =>
        Read(path, line => line.Contains((byte)',') ? (byte)',' : (byte)' ');

    private delegate byte SeparatorOf(ReadOnlySpan<byte> line);

    private static SeriesTable Read(string path, SeparatorOf separatorOf)
    {
        var table = new SeriesTable(Path.GetFileName(path));
        var lines = new LineReader(DataFile.ReadText(path).Span);
        table.ExpectDimensions(1);
        while (lines.Next())
        {
            var line = lines.Line;
            var separator = separatorOf(line);
            var end = separator == ' ' ? line.IndexOfAny(" \t"u8) : line.IndexOf(separator);
            var label = end < 0 ? line : line[..end].Trim(" \t"u8);
            if (end < 0 || label.IsEmpty)
            {
                throw DataFile.At(table.File, lines.Number,
                    end < 0 ? "a single field" : "a row without a label",
                    "the label, then the values", "the row is cut short or its separator is another one");
            }
            table.AddDimension(line[(end + 1)..], separator, lines.Number);
            table.EndRow(label, lines.Number);
        }
        return table;
    }
}
