using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>The folder of a run and the names in it.</summary>
/// <param name="path">The folder.</param>
internal sealed class RunFolder(string path)
{
    private static readonly string[] Names =
        ["metrics.csv", "result.json", "model.safetensors", "checkpoint"];

    internal string Metrics => Path.Combine(path, Names[0]);

    internal string Result => Path.Combine(path, Names[1]);

    internal string RateCurve => Path.Combine(path, "lr-finder.csv");

    internal string Model => Path.Combine(path, Names[2]);

    /// <summary>
    /// Makes the folder. Unless the run goes on from it, what an earlier one left moves to
    /// <c>previous-N</c>, so that nothing is lost.
    /// </summary>
    /// <exception cref="StorageException">It cannot be made or moved.</exception>
    internal void Prepare(bool resume)
    {
        Create();
        try
        {
            string[] left = [.. Names.Where(name => Path.Exists(Path.Combine(path, name)))];
            if (!resume && left.Length > 0)
                SetAside(left);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Makes the folder and leaves what is in it.</summary>
    /// <exception cref="StorageException">It cannot be made.</exception>
    internal void Create()
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>The file of the weights; the folder may be that of a run or its checkpoint folder.</summary>
    internal static string WeightsOf(string folder)
    {
        var model = new RunFolder(folder).Model;
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (!File.Exists(model) && above is not null && File.Exists(new RunFolder(above).Model))
            return new RunFolder(above).Model;
        if (File.Exists(model))
            return model;
        var unfinished = new CheckpointFolder(folder).Exists;
        throw new DataFormatException(
            "--checkpoint",
            unfinished ? $"'{folder}' holds a run that has not ended" : $"no run in '{folder}'",
            "the folder of a run of 'spectral train' that has ended",
            unfinished ? "end it: the same train command with --resume" : "check the path");
    }

    private StorageException Unusable(Exception e) => new(
        "--out", $"'{path}': {e.Message}", "a folder that can be written", "choose another", e);

    private void SetAside(string[] names)
    {
        var number = 1;
        while (Path.Exists(Path.Combine(path, $"previous-{number}")))
            number++;
        var old = Path.Combine(path, $"previous-{number}");
        Directory.CreateDirectory(old);
        foreach (var name in names)
            Directory.Move(Path.Combine(path, name), Path.Combine(old, name));
        Console.WriteLine($"'{path}' held a run, which is now in '{old}'");
    }
}
