using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Images in class-named folders: <c>train/CLASS/IMAGE.jpg</c> or <c>.png</c> and <c>test/…</c>, or
/// <c>train.zip</c> and <c>test.zip</c> with the class folders in them. Samples have shape
/// [1 or 3, height, width], the same for all.
/// </summary>
public sealed class ImageFolderFormat : IDatasetFormat
{
    // The classes of CIFAR-10, by which a folder of its images is known.
    private static readonly string[] CifarClasses =
        [.. CifarFormat.ClassNames10.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public string Name => "image folders";

    /// <inheritdoc/>
    public string Description =>
        "train and test, folders or zips of class-named folders of .jpg or .png images";

    /// <inheritdoc/>
    public bool CanRead(string path) =>
        Directory.Exists(path) && (Find(path, "train") is not null || Find(path, "test") is not null);

    /// <inheritdoc/>
    public DataSplit Read(string path)
    {
        using var trainImages = Open(path, "train");
        using var testImages = Open(path, "test");
        var map = new LabelMap(trainImages.Classes);
        if (map.ClassNames.Length < 2)
        {
            throw new DataFormatException(
                trainImages.Where, $"only one class, '{map.ClassNames[0]}'", "two classes or more",
                "there is nothing to tell apart: use other data");
        }
        if (testImages.Classes.FirstOrDefault(c => !map.TryGetIndex(c, out _)) is { } unknown)
        {
            throw new DataFormatException(
                $"{testImages.Where}/{unknown}", "a class that the training images lack",
                $"those of {trainImages.Where}: {string.Join(", ", map.ClassNames)}",
                "a class without a training image cannot be learned: remove it, or add training images");
        }

        var reader = new ClassImageReader(map);
        var train = reader.Read(trainImages);
        var test = reader.Read(testImages);
        var isCifar = train.SampleShape.AsSpan().SequenceEqual([3, 32, 32])
            && map.ClassNames.AsSpan().SequenceEqual(CifarClasses);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return new DataSplit(name, train, test)
        {
            Normalization = isCifar ? Normalization.Cifar : Normalization.Of(train),
        };
    }

    private static ClassImages Open(string path, string part)
    {
        var found = Find(path, part) ?? throw new DataFormatException(
            "data", $"no '{part}' in '{path}'", "train and test, each a folder or a .zip",
            "check the path and the names");
        return Directory.Exists(found) ? new FolderImages(found) : new ZipImages(found);
    }

    private static string? Find(string path, string part)
    {
        var folder = Path.Combine(path, part);
        return Directory.Exists(folder) ? folder : File.Exists(folder + ".zip") ? folder + ".zip" : null;
    }
}
