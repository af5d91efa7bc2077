using System.Globalization;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// The files of MNIST and of the sets in its form (FashionMNIST, KMNIST): <c>train-images-idx3-ubyte</c>,
/// <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and <c>t10k-labels-idx1-ubyte</c>, each as
/// it is or with <c>.gz</c>. Samples have shape [1, height, width].
/// </summary>
public sealed class IdxFormat : IDatasetFormat
{
    private static readonly string[] Stems = ["train-images", "train-labels", "t10k-images", "t10k-labels"];

    private sealed record Part(IdxFile Images, IdxFile Labels);

    /// <inheritdoc/>
    public string Name => "IDX";

    /// <inheritdoc/>
    public string Description =>
        "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, "
        + "or these with .gz";

    /// <inheritdoc/>
    public bool CanRead(string path) => Stems.Any(stem => Find(path, stem) is not null);

    /// <inheritdoc/>
    public DataSplit Read(string path)
    {
        var (train, test) = (Open(path, "train"), Open(path, "t10k"));
        if (!train.Images.Sizes.AsSpan(1).SequenceEqual(test.Images.Sizes.AsSpan(1)))
        {
            throw new DataFormatException(
                test.Images.Name, $"images of {Size(test.Images)}",
                $"those of {train.Images.Name}: {Size(train.Images)}", "both parts need the same size");
        }
        byte[] classes = [.. train.Labels.Values.ToArray().Distinct().Order()];
        var data = Build(train, classes, train);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return new DataSplit(name, data, Build(test, classes, train))
        {
            Normalization = Normalization.Of(data),
        };
    }

    private static ImageDataset Build(Part part, byte[] classes, Part train)
    {
        var labels = new int[part.Labels.Sizes[0]];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = Array.IndexOf(classes, part.Labels.Values.Span[i]);
            if (labels[i] < 0)
            {
                throw new DataFormatException(
                    part.Labels.Name, $"the label {part.Labels.Values.Span[i]} of image {i}",
                    $"those of {train.Labels.Name}: {string.Join(", ", classes)}",
                    "a class without a training image cannot be learned");
            }
        }
        var sizes = part.Images.Sizes;
        return new ImageDataset(
            part.Images.Values.ToArray(), [1, sizes[1], sizes[2]], labels,
            [.. classes.Select(c => c.ToString(CultureInfo.InvariantCulture))]);
    }

    private static Part Open(string path, string part)
    {
        var images = IdxFile.Read(Required(path, $"{part}-images"), 3);
        var labels = IdxFile.Read(Required(path, $"{part}-labels"), 1);
        return images.Sizes[0] == labels.Sizes[0]
            ? new Part(images, labels)
            : throw new DataFormatException(
                labels.Name, $"{labels.Sizes[0]} labels", $"one for each of the {images.Sizes[0]} images",
                "these files do not belong together: copy both from one source");
    }

    private static string Required(string path, string stem) =>
        Find(path, stem) ?? throw new DataFormatException(
            "data", $"'{path}' lacks {FileName(stem)}", $"{FileName(stem)} or {FileName(stem)}.gz",
            "copy all four files into the folder");

    private static string? Find(string path, string stem) =>
        new[] { FileName(stem), FileName(stem) + ".gz" }.Select(file => Path.Combine(path, file))
            .FirstOrDefault(File.Exists);

    private static string FileName(string stem) =>
        stem + (stem.EndsWith("images", StringComparison.Ordinal) ? "-idx3-ubyte" : "-idx1-ubyte");

    private static string Size(IdxFile images) => $"{images.Sizes[1]}×{images.Sizes[2]}";
}
