using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Reading of whole data files, and the errors that name file and line.</summary>
internal static class DataFile
{
    /// <summary>All bytes without a byte order mark; at least one is not white space.</summary>
    internal static ReadOnlyMemory<byte> ReadText(string path)
    {
        ReadOnlyMemory<byte> text = ReadBytes(path);
        if (text.Span.StartsWith("\uFEFF"u8))
            text = text[3..];
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new DataFormatException(
                Path.GetFileName(path), "the file is empty", "a file with at least one series",
                "copy it again from its source");
        }
        return text;
    }

    /// <summary>All bytes.</summary>
    internal static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error);
        }
    }

    internal static DataFormatException Unreadable(string path, Exception error) =>
        new(
            Path.GetFileName(path), $"'{path}' cannot be read: {error.Message}", "a readable file or folder",
            "check the path and its permissions", error);

    internal static DataFormatException At(
        string file, int line, string given, string allowed, string remedy) =>
        new($"{file}, line {line}", given, allowed, remedy);
}

/// <summary>Walks over the lines of a text, trimmed, counting from 1.</summary>
internal ref struct LineReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>The line that was read last, without white space at its ends.</summary>
    internal ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>The number of that line.</summary>
    internal int Number { get; private set; }

    /// <summary>Goes to the next line that is neither empty nor a comment (#).</summary>
    internal bool Next()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf((byte)'\n');
            Line = (end < 0 ? _rest : _rest[..end]).Trim(" \t\r"u8);
            _rest = end < 0 ? default : _rest[(end + 1)..];
            Number++;
            if (!Line.IsEmpty && Line[0] != '#')
                return true;
        }
        return false;
    }
}
