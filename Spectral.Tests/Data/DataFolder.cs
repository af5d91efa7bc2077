using System.IO.Compression;

namespace Spectral.Tests;

/// <summary>A temporary folder with files of given content, removed at the end of a test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("spectral-data-").FullName;

    public DataFolder With(string name, string text) => With(name, System.Text.Encoding.UTF8.GetBytes(text));

    public DataFolder With(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this;
    }

    public DataFolder WithZip(string name, params (string Entry, byte[] Content)[] entries)
    {
        using var zip = ZipFile.Open(this[name], ZipArchiveMode.Create);
        foreach (var (entry, content) in entries)
        {
            using var stream = zip.CreateEntry(entry).Open();
            stream.Write(content);
        }
        return this;
    }

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
