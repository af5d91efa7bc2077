using System.Text.Json;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>What the header says of one array.</summary>
internal sealed record SafeTensorsEntry(string Name, string DType, long[] Shape, long Begin, long End);

/// <summary>Parses the JSON header, strictly: unknown, missing and repeated keys are refused.</summary>
internal static class SafeTensorsHeader
{
    private const int MaxMessage = 200;

    internal static (List<SafeTensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(
        ReadOnlySpan<byte> header, string file)
    {
        try
        {
            return ParseObject(header, file);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // Text that is no JSON, a value of another kind, text that is no UTF-8, a number out of range.
            throw Bad(file, "a header that is not valid JSON of the format", error);
        }
    }

    // Names come from the file: whatever they hold, the message stays one line of moderate length.
    internal static DataFormatException Bad(string file, string given, Exception? inner = null) =>
        new(
            file, string.Concat(given.Take(MaxMessage).Select(c => char.IsControl(c) ? '?' : c)),
            "a complete safetensors file",
            "the file is damaged or of another format: copy it again from its source", inner);

    private static (List<SafeTensorsEntry>, Dictionary<string, string>) ParseObject(
        ReadOnlySpan<byte> header, string file)
    {
        var entries = new List<SafeTensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(header.StartsWith("{"u8), file, "a header that does not begin with {");
        var json = new Utf8JsonReader(header);
        Expect(
            json.Read() && json.TokenType == JsonTokenType.StartObject, file, "a header that is no object");
        while (NextKey(ref json, out var name))
        {
            Expect(names.Add(name), file, $"the name '{name}' twice");
            Expect(json.TokenType == JsonTokenType.StartObject, file, $"'{name}' is no object");
            if (name != SafeTensorsFile.MetadataKey)
            {
                entries.Add(ParseEntry(ref json, name, file));
                continue;
            }
            while (NextKey(ref json, out var key))
            {
                Expect(json.TokenType == JsonTokenType.String, file, $"metadata '{key}' is no text");
                Expect(metadata.TryAdd(key, json.GetString()!), file, $"metadata '{key}' twice");
            }
        }
        Expect(!json.Read(), file, "text behind the header's object");
        return (entries, metadata);
    }

    private static SafeTensorsEntry ParseEntry(ref Utf8JsonReader json, string name, string file)
    {
        string? dtype = null;
        long[]? shape = null, offsets = null;
        while (NextKey(ref json, out var key))
        {
            switch (key)
            {
                case "dtype" when dtype is null:
                    dtype = json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ParseSizes(ref json, name, file);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseSizes(ref json, name, file);
                    break;
                default:
                    throw Bad(file, $"array '{name}' has the key '{key}' twice or where it does not belong");
            }
        }
        Expect(
            dtype is not null && shape is not null && offsets is { Length: 2 }, file,
            $"array '{name}' lacks one of dtype, shape and two data_offsets");
        return new SafeTensorsEntry(name, dtype!, shape!, offsets![0], offsets[1]);
    }

    private static long[] ParseSizes(ref Utf8JsonReader json, string name, string file)
    {
        Expect(json.TokenType == JsonTokenType.StartArray, file, $"sizes of '{name}' are no list");
        var sizes = new List<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var size = json.GetInt64();
            Expect(size >= 0, file, $"array '{name}' has a negative size");
            sizes.Add(size);
        }
        return [.. sizes];
    }

    // Reads a key and goes to its value; false at the end of the object.
    private static bool NextKey(ref Utf8JsonReader json, out string key)
    {
        key = "";
        if (!json.Read() || json.TokenType == JsonTokenType.EndObject)
            return false;
        key = json.GetString()!;
        return json.Read();
    }

    private static void Expect(bool holds, string file, string otherwise)
    {
        if (!holds)
            throw Bad(file, otherwise);
    }
}
