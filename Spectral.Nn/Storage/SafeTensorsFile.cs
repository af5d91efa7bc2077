using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The arrays, in the order in which their elements lie in the file.</param>
/// <param name="Metadata">Free texts by key; empty if the file has none.</param>
public sealed record SafeTensorsContent(
    IReadOnlyList<NamedArray> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The array of a name.</summary>
    /// <exception cref="DataFormatException">There is none.</exception>
    public NamedArray this[string name] =>
        Tensors.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw new DataFormatException(
            "safetensors", $"no array '{name}'", $"the {Tensors.Count} arrays of the file", "check the file");
}

/// <summary>
/// The safetensors format: eight bytes of header length, a JSON header with type, shape and place of every
/// array, then the elements. The files are those that PyTorch's library reads and writes.
/// </summary>
public static class SafeTensorsFile
{
    internal const string MetadataKey = "__metadata__";
    internal const int LengthBytes = 8;

    // Where the format's reference implementation stops too: a longer header is taken for an attack.
    internal const long MaxHeaderBytes = 100_000_000;

    /// <summary>
    /// Replaces a file atomically. The same content always gives the same bytes: arrays are sorted by element
    /// type, widest first (which keeps them aligned), then by name; metadata by key.
    /// </summary>
    /// <exception cref="InvalidInputException">Two arrays of one name, or a reserved name.</exception>
    /// <exception cref="StorageException">The file cannot be written; the old one is as it was.</exception>
    public static void Write(
        string path, IReadOnlyList<NamedArray> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var sorted = Sort(tensors);
        var header = Header(sorted, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in sorted)
                stream.Write(tensor.Data);
        });
    }

    /// <summary>
    /// Reads a file. Half precision and bfloat16 become single precision; every rule of the format is checked
    /// before anything of the size that the header claims is allocated.
    /// </summary>
    /// <exception cref="DataFormatException">Not a safetensors file, damaged, or of other types.</exception>
    public static SafeTensorsContent Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var stream = File.OpenRead(path);
            return SafeTensorsReader.Read(stream, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataFile.Unreadable(path, error);
        }
    }

    internal static NamedArray[] Sort(IEnumerable<NamedArray> tensors)
    {
        NamedArray[] sorted =
        [
            .. tensors.OrderByDescending(tensor => tensor.DType)
                .ThenBy(tensor => tensor.Name, StringComparer.Ordinal),
        ];
        var names = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
        foreach (var tensor in sorted)
        {
            Throw.Unless(
                names.Add(tensor.Name), "safetensors", $"the name '{tensor.Name}' twice or reserved",
                "one array a name", "rename one of them");
        }
        return sorted;
    }

    private static byte[] Header(NamedArray[] sorted, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            var offset = 0L;
            foreach (var tensor in sorted)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.DType.ToString().ToUpperInvariant());
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Data.LongLength);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces up to a multiple of eight keep the elements aligned.
        while (buffer.Length % LengthBytes != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
