using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// The binary version of CIFAR-10 (<c>data_batch_1.bin</c> … <c>5</c>, <c>test_batch.bin</c>) or CIFAR-100
/// (<c>train.bin</c>, <c>test.bin</c>, fine labels). A record is the label, of CIFAR-100 the coarse label
/// before it, and 3×32×32 bytes (Krizhevsky, "Learning multiple layers of features from tiny images", 2009).
/// </summary>
public sealed class CifarFormat : IDatasetFormat
{
    private const int ImageBytes = 3 * 32 * 32;

    private static readonly Kind Cifar10 = new(
        "cifar10", 10, 1, ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin",
            "data_batch_5.bin"], "test_batch.bin", "batches.meta.txt");

    private static readonly Kind Cifar100 = new(
        "cifar100", 100, 2, ["train.bin"], "test.bin", "fine_label_names.txt");

    private sealed record Kind(
        string Name, int Classes, int LabelBytes, string[] Train, string Test, string ClassFile);

    /// <summary>The classes of CIFAR-10, in the order of its labels.</summary>
    public static IReadOnlyList<string> ClassNames10 { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <inheritdoc/>
    public string Name => "CIFAR";

    /// <inheritdoc/>
    public string Description =>
        "data_batch_1.bin to data_batch_5.bin and test_batch.bin (CIFAR-10), "
        + "train.bin and test.bin (CIFAR-100)";

    /// <inheritdoc/>
    public bool CanRead(string path) => KindOf(path) is not null;

    /// <inheritdoc/>
    public DataSplit Read(string path)
    {
        var kind = KindOf(path) ?? throw new DataFormatException(
            "data", $"no CIFAR batches in '{path}'", Description, "check the path");
        var names = ClassNames(path, kind);
        var train = Part(path, kind, kind.Train, names);
        return new DataSplit(kind.Name, train, Part(path, kind, [kind.Test], names))
        {
            Normalization = Normalization.Cifar,
        };
    }

    private static Kind? KindOf(string path) => new[] { Cifar10, Cifar100 }.FirstOrDefault(
        kind => kind.Train.Append(kind.Test).Any(file => File.Exists(Path.Combine(path, file))));

    private static ImageDataset Part(string path, Kind kind, string[] files, string[] classNames)
    {
        byte[][] batches = [.. files.Select(file => Batch(path, kind, file))];
        var record = kind.LabelBytes + ImageBytes;
        var count = batches.Sum(batch => batch.Length / record);
        var pixels = new byte[checked(count * ImageBytes)];
        var labels = new int[count];
        var done = 0;
        foreach (var (batch, file) in batches.Zip(files))
        {
            for (var at = 0; at < batch.Length; at += record, done++)
            {
                labels[done] = batch[at + kind.LabelBytes - 1];
                if (labels[done] >= kind.Classes)
                {
                    throw new DataFormatException(
                        file, $"the label {labels[done]} in record {at / record}", $"0 to {kind.Classes - 1}",
                        "the file is no batch, or damaged: copy it again from its source");
                }
                batch.AsSpan(at + kind.LabelBytes, ImageBytes).CopyTo(pixels.AsSpan(done * ImageBytes));
            }
        }
        return new ImageDataset(pixels, [3, 32, 32], labels, classNames);
    }

    private static byte[] Batch(string path, Kind kind, string file)
    {
        var full = Path.Combine(path, file);
        if (!File.Exists(full))
        {
            throw new DataFormatException(
                "data", $"'{path}' lacks {file}", string.Join(", ", kind.Train.Append(kind.Test)),
                "copy all batches into the folder");
        }
        var data = DataFile.ReadBytes(full);
        var record = kind.LabelBytes + ImageBytes;
        if (data.Length == 0 || data.Length % record != 0)
        {
            throw new DataFormatException(
                file, $"{data.Length} bytes, which are not whole records",
                $"a multiple of {record} bytes, one record an image",
                "the file is cut off: copy it again from its source");
        }
        return data;
    }

    private static string[] ClassNames(string path, Kind kind)
    {
        var file = Path.Combine(path, kind.ClassFile);
        if (!File.Exists(file))
        {
            return kind.Classes == ClassNames10.Count
                ? [.. ClassNames10]
                : [.. Enumerable.Range(0, kind.Classes).Select(c => $"{c}")];
        }
        var text = System.Text.Encoding.UTF8.GetString(DataFile.ReadBytes(file));
        string[] names = [.. text.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 0)];
        return names.Length == kind.Classes
            ? names
            : throw new DataFormatException(kind.ClassFile, $"{names.Length} class names", $"{kind.Classes}",
                "copy it again from its source");
    }
}
