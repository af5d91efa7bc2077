using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>The image files of one part of a data set, by class: a folder or a zip.</summary>
internal abstract class ClassImages : IDisposable
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];
    private readonly SortedDictionary<string, List<string>> _files = new(StringComparer.Ordinal);

    /// <summary>The folder or zip, for messages.</summary>
    internal abstract string Where { get; }

    /// <summary>Class and file name of each image, by class and name.</summary>
    internal (string Class, string File)[] Images { get; private set; } = [];

    /// <summary>The classes.</summary>
    internal IReadOnlyCollection<string> Classes => _files.Keys;

    public abstract void Dispose();

    /// <summary>The content of an image; one at a time.</summary>
    internal abstract byte[] Read(int image);

    /// <summary>An image, for messages.</summary>
    internal string NameOf(int image) => $"{Where}/{Images[image].Class}/{Images[image].File}";

    /// <summary>Hidden files and what archivers of some systems add.</summary>
    protected static bool IsHidden(string name) => name.StartsWith('.') || name == "__MACOSX";

    protected void AddClass(string name) => _files.TryAdd(name, []);

    protected void AddImage(string className, string file)
    {
        if (!Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
        {
            throw new DataFormatException(
                $"{Where}/{className}/{file}", "a file that is no image by its name",
                string.Join(", ", Endings), "convert it, or remove it");
        }
        AddClass(className);
        _files[className].Add(file);
    }

    /// <summary>Ends the listing.</summary>
    protected void Seal()
    {
        if (_files.Count == 0)
        {
            throw new DataFormatException(
                Where, "no class folders", "a folder for each class with its images in it",
                "sort the images into CLASS/IMAGE.jpg or .png");
        }
        if (_files.FirstOrDefault(c => c.Value.Count == 0).Key is { } empty)
        {
            throw new DataFormatException(
                $"{Where}/{empty}", "a class without an image", "one image or more in each class",
                "add images, or remove the folder");
        }
        foreach (var files in _files.Values)
            files.Sort(StringComparer.Ordinal);
        Images = [.. _files.SelectMany(c => c.Value.Select(file => (c.Key, file)))];
    }
}

/// <summary>A folder of class folders.</summary>
internal sealed class FolderImages : ClassImages
{
    private readonly string _folder;

    internal FolderImages(string folder)
    {
        _folder = folder;
        try
        {
            foreach (var path in Directory.GetDirectories(folder))
                AddFolder(path, Path.GetFileName(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataFile.Unreadable(folder, error);
        }
        Seal();
    }

    internal override string Where => Path.GetFileName(_folder);

    public override void Dispose()
    {
    }

    internal override byte[] Read(int image) =>
        DataFile.ReadBytes(Path.Combine(_folder, Images[image].Class, Images[image].File));

    private void AddFolder(string path, string name)
    {
        if (IsHidden(name))
            return;
        AddClass(name);
        foreach (var file in Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)!))
            if (!IsHidden(file))
                AddImage(name, file);
    }
}
