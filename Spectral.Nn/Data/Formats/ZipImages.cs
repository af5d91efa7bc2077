using System.IO.Compression;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>A zip of class folders.</summary>
internal sealed class ZipImages : ClassImages
{
    private readonly string _path;
    private readonly ZipArchive _zip;
    private readonly Dictionary<(string Class, string File), ZipArchiveEntry> _entries = [];

    internal ZipImages(string path)
    {
        _path = path;
        _zip = Open(path);
        try
        {
            foreach (var entry in _zip.Entries)
                Add(entry);
            Seal();
        }
        catch (InvalidDataException error)
        {
            _zip.Dispose();
            throw Damaged(Where, error.Message, error);
        }
        catch (SpectralException)
        {
            _zip.Dispose();
            throw;
        }
    }

    internal override string Where => Path.GetFileName(_path);

    public override void Dispose() => _zip.Dispose();

    internal override byte[] Read(int image)
    {
        var entry = _entries[Images[image]];
        if (entry.Length > Array.MaxLength)
            throw Damaged(NameOf(image), $"an entry of {entry.Length} bytes", null);
        var content = new byte[entry.Length];
        try
        {
            using var stream = entry.Open();
            stream.ReadExactly(content);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            throw Damaged(NameOf(image), error.Message, error);
        }
        return Crc32.Of(content) == entry.Crc32
            ? content
            : throw Damaged(NameOf(image), "a checksum does not fit", null);
    }

    private void Add(ZipArchiveEntry entry)
    {
        var parts = entry.FullName.Replace('\\', '/').Split('/');
        if (parts.Any(IsHidden))
            return;
        var isFolder = parts[^1].Length == 0;
        if (parts.Length != 2)
        {
            throw new DataFormatException(Where, $"the entry '{entry.FullName}' outside of a class folder",
                "CLASS/IMAGE.jpg or .png, in folders at the top of the zip",
                "zip the class folders themselves, not a folder above them");
        }
        if (isFolder)
        {
            AddClass(parts[0]);
            return;
        }
        AddImage(parts[0], parts[1]);
        _entries[(parts[0], parts[1])] = entry;
    }

    private static ZipArchive Open(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(Path.GetFileName(path), error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataFile.Unreadable(path, error);
        }
    }

    private static DataFormatException Damaged(string name, string how, Exception? error) => new(
        name, $"a damaged zip: {how.TrimEnd('.').ReplaceLineEndings(" ")}", "a whole, valid zip",
        "copy it again from its source", error);
}
