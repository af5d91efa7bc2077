using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// A folder of any name that holds NAME_TRAIN and NAME_TEST with the ending .ts, .tsv or .txt, or the path of
/// the training file where a folder holds several. Samples have shape [dimensions, length].
/// </summary>
public sealed class UcrFormat : IDatasetFormat
{
    private static readonly (string Ending, Func<string, SeriesTable> Read)[] Readers =
    [
        (".ts", TsReader.Read),
        (".tsv", DelimitedReader.ReadTsv),
        (".txt", DelimitedReader.ReadTxt),
    ];

    /// <inheritdoc/>
    public string Name => "series";

    /// <inheritdoc/>
    public string Description => "NAME_TRAIN and NAME_TEST with the ending .ts, .tsv or .txt";

    /// <inheritdoc/>
    public bool CanRead(string path) =>
        File.Exists(path) ? Part(path, "_TRAIN") is not null
        : Directory.Exists(path) && Parts(path).Length > 0;

    /// <inheritdoc/>
    public DataSplit Read(string path)
    {
        var (name, trainPath, testPath) = File.Exists(path) ? PairOfFile(path) : PairOfFolder(path);
        var read = Array.Find(Readers, reader => HasEnding(trainPath, reader.Ending)).Read;
        var train = read(trainPath);
        var test = read(testPath);
        foreach (var table in new[] { train, test })
        {
            if (table.Labels.Count == 0)
            {
                throw new DataFormatException(
                    table.File, "the file has no series", "at least one series",
                    "copy it again from its source");
            }
        }
        if ((train.Length, train.Dimensions) != (test.Length, test.Dimensions))
        {
            throw new DataFormatException(
                test.File, $"series of {test.Dimensions} dimensions × {test.Length} values",
                $"those of {train.File}: {train.Dimensions} × {train.Length}",
                "training and test series need the same shape");
        }
        var map = new LabelMap(train.Labels);
        if (map.ClassNames.Length < 2)
        {
            throw new DataFormatException(
                train.File, $"only one class, '{map.ClassNames[0]}'", "two classes or more",
                "there is nothing to tell apart: use other data");
        }
        return new DataSplit(name, Build(train, map, train.File), Build(test, map, train.File));
    }

    private static InMemoryDataset Build(SeriesTable table, LabelMap map, string trainFile)
    {
        var labels = new int[table.Labels.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            if (!map.TryGetIndex(table.Labels[i], out labels[i]))
            {
                throw DataFile.At(
                    table.File, table.Lines[i], $"the label '{table.Labels[i]}'",
                    $"those of {trainFile}: {string.Join(", ", map.ClassNames)}",
                    "a class without a training sample cannot be learned: drop these rows");
            }
        }
        return new InMemoryDataset(table.Values, [table.Dimensions, table.Length], labels, map.ClassNames);
    }

    private static (string Name, string Train, string Test) PairOfFile(string trainPath)
    {
        var name = Part(trainPath, "_TRAIN") ?? throw NoPair(trainPath, "not a training file");
        var wanted = name + "_TEST" + Path.GetExtension(trainPath);
        var folder = Path.GetDirectoryName(Path.GetFullPath(trainPath))!;
        var testPath = Array.Find(
            Files(folder), file => wanted.Equals(Path.GetFileName(file), StringComparison.OrdinalIgnoreCase));
        return (name, trainPath, testPath ?? throw NoPair(trainPath, $"{wanted} is missing"));
    }

    private static (string Name, string Train, string Test) PairOfFolder(string folder)
    {
        var parts = Parts(folder);
        if (parts.Length == 0)
            throw NoPair(folder, Directory.Exists(folder) ? "no such file" : "no such folder");
        var pairs = parts.GroupBy(part => part.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => (
                Train: group.Where(part => part.IsTrain).Select(part => part.Path).ToArray(),
                Test: group.Where(part => !part.IsTrain).Select(part => part.Path).ToArray()))
            .Where(pair => pair.Train.Length == 1 && pair.Test.Length == 1)
            .ToArray();
        if (pairs.Length == 0)
        {
            var found = string.Join(", ", parts.Select(part => Path.GetFileName(part.Path)).Order());
            throw NoPair(folder, $"only {found}");
        }
        if (pairs.Length > 1)
        {
            var found = string.Join(", ", pairs.Select(pair => Path.GetFileName(pair.Train[0])).Order());
            throw new DataFormatException(
                "data", $"'{folder}' holds {pairs.Length} pairs: {found}", "exactly one pair in a folder",
                "give the path of one of these training files instead");
        }
        return (Part(pairs[0].Train[0], "_TRAIN")!, pairs[0].Train[0], pairs[0].Test[0]);
    }

    private static (string Key, bool IsTrain, string Path)[] Parts(string folder) =>
        [.. from file in Files(folder)
            let train = Part(file, "_TRAIN")
            let name = train ?? Part(file, "_TEST")
            where name is not null
            select (name + Path.GetExtension(file), train is not null, file)];

    // NAME, if the file is NAME + part + a known ending.
    private static string? Part(string path, string part)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        return stem.Length > part.Length && stem.EndsWith(part, StringComparison.OrdinalIgnoreCase)
            && Array.Exists(Readers, reader => HasEnding(path, reader.Ending))
            ? stem[..^part.Length]
            : null;
    }

    private static bool HasEnding(string path, string ending) =>
        Path.GetExtension(path).Equals(ending, StringComparison.OrdinalIgnoreCase);

    private static string[] Files(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataFile.Unreadable(folder, error);
        }
    }

    private static DataFormatException NoPair(string path, string found) =>
        new(
            "data", $"no pair of training and test files in '{path}': {found}",
            "NAME_TRAIN and NAME_TEST with the same ending .ts, .tsv or .txt",
            "check the path and the file names");
}
