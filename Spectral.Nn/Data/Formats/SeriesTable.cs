using System.Globalization;
using System.Text;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// The rows of one file while they are read: every row has as many dimensions, and every dimension as many
/// values, as the first row or the header says.
/// </summary>
internal sealed class SeriesTable(string file)
{
    private const int QuoteLength = 24;

    private float[] _values = new float[4096];
    private int _used;
    private int _rowDimensions;
    private string _lengthSource = "";
    private string _dimensionSource = "";

    /// <summary>File name for messages.</summary>
    internal string File => file;

    /// <summary>Values in each dimension of a row; 0 while unknown.</summary>
    internal int Length { get; private set; }

    /// <summary>Dimensions of a row; 0 while unknown.</summary>
    internal int Dimensions { get; private set; }

    internal List<string> Labels { get; } = [];

    internal List<int> Lines { get; } = [];

    /// <summary>Row-major [rows, dimensions, length].</summary>
    internal float[] Values => _values.AsSpan(0, _used).ToArray();

    internal void ExpectLength(int length) => (Length, _lengthSource) = (length, "the header says");

    internal void ExpectDimensions(int count) => (Dimensions, _dimensionSource) = (count, "the header says");

    /// <summary>Adds one dimension of the present row.</summary>
    /// <param name="text">Its values.</param>
    /// <param name="separator">What stands between them; a space means any white space.</param>
    /// <param name="line">Line number for messages.</param>
    internal void AddDimension(ReadOnlySpan<byte> text, byte separator, int line)
    {
        var count = 0;
        while (true)
        {
            if (separator == ' ')
                text = text.TrimStart(" \t"u8);
            var end = separator == ' ' ? text.IndexOfAny(" \t"u8) : text.IndexOf(separator);
            AddValue((end < 0 ? text : text[..end]).Trim(" \t"u8), line, ++count);
            if (end < 0)
                break;
            text = text[(end + 1)..];
        }

        if (Length == 0)
            (Length, _lengthSource) = (count, $"line {line} has");
        if (count != Length)
        {
            throw DataFile.At(
                file, line, $"a series of {count} values",
                $"series of equal length: {_lengthSource} {Length}",
                count < Length ? "the row is cut short or shorter: pad or drop it" : "cut it to that length");
        }
        _rowDimensions++;
    }

    /// <summary>Ends the present row.</summary>
    internal void EndRow(ReadOnlySpan<byte> label, int line)
    {
        if (Dimensions == 0)
            (Dimensions, _dimensionSource) = (_rowDimensions, $"line {line} has");
        if (_rowDimensions != Dimensions)
        {
            throw DataFile.At(
                file, line, $"a row of {_rowDimensions} dimensions", $"{_dimensionSource} {Dimensions}",
                "give every dimension in every row");
        }
        var name = Encoding.UTF8.GetString(label);
        if (name is "?" || name.Equals("nan", StringComparison.OrdinalIgnoreCase))
            throw DataFile.At(file, line, $"the label is '{name}'", "a class label", "label or drop the row");
        _rowDimensions = 0;
        Labels.Add(name);
        Lines.Add(line);
    }

    private void AddValue(ReadOnlySpan<byte> token, int line, int position)
    {
        if (!float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !float.IsFinite(value))
        {
            throw BadValue(token, line, position);
        }
        if (_used == _values.Length)
            Array.Resize(ref _values, checked(_values.Length * 2));
        _values[_used++] = value;
    }

    private DataFormatException BadValue(ReadOnlySpan<byte> token, int line, int position)
    {
        var text = Encoding.UTF8.GetString(token.Length > QuoteLength ? token[..QuoteLength] : token);
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        if (text is "" or "?" || (isNumber && double.IsNaN(value)))
        {
            return DataFile.At(
                file, line, $"value {position} is missing ('{text}')", "complete series",
                "fill in the missing values or drop the row");
        }
        return isNumber
            ? DataFile.At(
                file, line, $"value {position} is '{text}'", "finite numbers of single precision",
                "rescale or repair the row")
            : DataFile.At(
                file, line, $"value {position} is '{text}', not a number", "numbers like -1.25 or 3e-2",
                "check the separators and the decimal point");
    }
}
