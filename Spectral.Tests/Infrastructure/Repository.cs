namespace Spectral.Tests;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file under <c>artifacts/</c>, its folder made.</summary>
    public static string Artifact(string name)
    {
        var path = Path.Combine(Root, "artifacts", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        for (; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Spectral.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"no Spectral.sln above {AppContext.BaseDirectory}");
    }
}
