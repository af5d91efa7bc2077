using System.Text.Json;

namespace Spectral.Kernels;

/// <summary>
/// What was measured on one device: a JSON object of work to the milliseconds of each of its ways. Written
/// whole after every measurement, so that a killed process loses nothing; a file of another version, of
/// another device of that name, or that cannot be read, is begun anew.
/// </summary>
internal sealed class TuningFile : IDisposable
{
    private sealed record Content(
        string Version, string Device, SortedDictionary<string, SortedDictionary<string, double>> Milliseconds);

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    private static readonly string Version =
        typeof(TuningFile).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    private readonly Content _content;

    internal TuningFile(string folder, ComputeDevice device)
    {
        var name = $"{device.Info.Name}, {device.Limits.Cores} cores";
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        Path = System.IO.Path.Combine(folder, $"{safe}.json");
        _content = Read(Path) is { Milliseconds: not null } content
            && content.Version == Version && content.Device == name
            ? content
            : new Content(Version, name, new(StringComparer.Ordinal));
    }

    internal string Path { get; }

    internal IReadOnlyDictionary<string, double>? Find(string work) =>
        _content.Milliseconds.GetValueOrDefault(work);

    internal void Add(string work, SortedDictionary<string, double> times)
    {
        _content.Milliseconds[work] = times;
        AtomicFile.WriteText(Path, JsonSerializer.Serialize(_content, Options));
    }

    /// <summary>Nothing is held: every measurement is on disk already.</summary>
    public void Dispose()
    {
    }

    private static Content? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Content>(File.ReadAllText(path)) : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
