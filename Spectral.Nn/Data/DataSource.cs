using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Opens a data set by the name of a built-in one or by its path.</summary>
public static class DataSource
{
    /// <summary>
    /// The formats in the order in which they are tried; the first that recognises a path reads it.
    /// </summary>
    public static IReadOnlyList<IDatasetFormat> Formats { get; } =
        [new UcrFormat(), new CifarFormat(), new IdxFormat(), new ImageFolderFormat()];

    /// <summary>Opens a data set.</summary>
    /// <param name="spec">
    /// A built-in name (<see cref="BuiltInData.Names"/>), else the path of a folder. A folder that has a
    /// built-in name is reached as <c>./name</c>.
    /// </param>
    /// <exception cref="DataFormatException">Nothing there, nothing recognised, or damaged files.</exception>
    public static DataSplit Open(string spec)
    {
        if (BuiltInData.TryCreate(spec, out var builtIn))
            return builtIn;

        var names = string.Join(", ", BuiltInData.Names);
        if (!Path.Exists(spec))
        {
            throw new DataFormatException(
                "data", $"'{spec}' is neither a built-in data set nor an existing folder",
                $"built in: {names}", "name one of these, or check the path");
        }
        var format = Formats.FirstOrDefault(candidate => candidate.CanRead(spec));
        if (format is not null)
            return format.Read(spec);

        var known = string.Join(
            "; ", Formats.Select(candidate => $"{candidate.Name}: {candidate.Description}"));
        throw new DataFormatException(
            "data", $"nothing recognisable in '{spec}'", known, "point to a folder that holds one of these");
    }
}
