using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// The state of a training run, from which it goes on exactly: one file, <c>checkpoint/state.safetensors</c>
/// in the run's folder, replaced atomically and guarded by a checksum. Whenever the process is killed, the
/// folder holds the state before or the state after, whole.
/// </summary>
/// <param name="runFolder">The run's folder; it is made when needed.</param>
public sealed class CheckpointFolder(string runFolder)
{
    private const string ChecksumKey = "spectral.sha256";

    /// <summary>The file.</summary>
    public string StatePath { get; } = Path.Combine(runFolder, "checkpoint", "state.safetensors");

    /// <summary>True if there is a state to load.</summary>
    public bool Exists => File.Exists(StatePath);

    /// <summary>Replaces the state.</summary>
    /// <param name="tensors">All arrays of the state.</param>
    /// <param name="metadata">All else, as texts; JSON where it has structure.</param>
    /// <exception cref="StorageException">It cannot be written; the state before is still there.</exception>
    public void Save(IReadOnlyList<NamedArray> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Throw.Unless(
            !metadata.ContainsKey(ChecksumKey), nameof(CheckpointFolder), ChecksumKey, "other keys",
            "the checksum is added here");
        SafeTensorsFile.Write(StatePath, tensors, new Dictionary<string, string>(metadata)
        {
            [ChecksumKey] = Checksum(tensors, metadata),
        });
    }

    /// <summary>Reads the state and compares its checksum.</summary>
    /// <exception cref="DataFormatException">There is none, or it is damaged.</exception>
    public SafeTensorsContent Load()
    {
        if (!Exists)
        {
            throw new DataFormatException(
                "checkpoint", $"no checkpoint at '{StatePath}'", "the folder of a run that has saved one",
                "check the folder, or start without resuming");
        }
        var content = SafeTensorsFile.Read(StatePath);
        var metadata = new Dictionary<string, string>(content.Metadata);
        if (!metadata.Remove(ChecksumKey, out var expected)
            || expected != Checksum(content.Tensors, metadata))
        {
            throw new DataFormatException(
                "checkpoint", $"the checksum of '{StatePath}' does not fit its content",
                "an undamaged checkpoint",
                "the file was changed or damaged: restore it from a copy, or start without resuming");
        }
        return content with { Metadata = metadata };
    }

    // Over everything that Load gives back, with lengths in front of texts, so that no two contents look
    // alike.
    private static string Checksum(
        IReadOnlyList<NamedArray> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(key);
            Append(value);
        }
        foreach (var tensor in SafeTensorsFile.Sort(tensors))
        {
            Append(tensor.Name);
            Append($"{tensor.DType} {string.Join(' ', tensor.Shape)}");
            hash.AppendData(tensor.Data);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
