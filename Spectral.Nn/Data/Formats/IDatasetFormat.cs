using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>A way in which data sets lie on disk.</summary>
public interface IDatasetFormat
{
    /// <summary>A short name for messages.</summary>
    string Name { get; }

    /// <summary>What a folder must hold, for the message that nothing was recognised.</summary>
    string Description { get; }

    /// <summary>
    /// True if the path looks like this format, though it may be incomplete or damaged: then
    /// <see cref="Read"/> says what is wrong. Only names are looked at.
    /// </summary>
    bool CanRead(string path);

    /// <summary>Reads the set.</summary>
    /// <exception cref="DataFormatException">The files are not what they claim to be.</exception>
    DataSplit Read(string path);
}
