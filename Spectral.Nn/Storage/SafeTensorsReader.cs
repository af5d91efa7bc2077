using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Reads a safetensors stream: header, its checks against the stream's length, then the elements.
/// </summary>
internal static class SafeTensorsReader
{
    internal static SafeTensorsContent Read(Stream stream, string file)
    {
        var header = ReadHeader(stream, file);
        var (entries, metadata) = SafeTensorsHeader.Parse(header, file);
        var room = stream.Length - SafeTensorsFile.LengthBytes - header.Length;
        entries = [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        CheckPlaces(entries, room, file);

        var tensors = new NamedArray[entries.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            var data = new byte[entries[i].End - entries[i].Begin];
            stream.ReadExactly(data);
            tensors[i] = Convert(entries[i], data, file);
        }
        return new SafeTensorsContent(tensors, metadata);
    }

    private static byte[] ReadHeader(Stream stream, string file)
    {
        if (stream.Length < SafeTensorsFile.LengthBytes)
            throw SafeTensorsHeader.Bad(file, $"a file of {stream.Length} bytes");
        Span<byte> lengthBytes = stackalloc byte[SafeTensorsFile.LengthBytes];
        stream.ReadExactly(lengthBytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > (ulong)SafeTensorsFile.MaxHeaderBytes)
            throw SafeTensorsHeader.Bad(file, $"a header of {length} bytes");
        if ((long)length > stream.Length - SafeTensorsFile.LengthBytes)
            throw SafeTensorsHeader.Bad(file, $"the file ends in its header of {length} bytes");
        var header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    // Every array begins where the one before ends, the last ends with the file, sizes follow from the
    // shapes.
    private static void CheckPlaces(List<SafeTensorsEntry> entries, long room, string file)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != position || entry.End < entry.Begin)
            {
                throw SafeTensorsHeader.Bad(
                    file,
                    $"array '{entry.Name}' at {entry.Begin}..{entry.End}, which leaves a hole or overlaps");
            }
            if (entry.End > room)
                throw SafeTensorsHeader.Bad(file, $"the file ends within array '{entry.Name}'");
            if (ByteCount(entry, file) != (UInt128)(entry.End - entry.Begin))
            {
                throw SafeTensorsHeader.Bad(
                    file, $"array '{entry.Name}' has {entry.End - entry.Begin} bytes, not what "
                    + $"{entry.DType} [{string.Join(", ", entry.Shape)}] needs");
            }
            // Half precision doubles when it becomes single.
            var most = entry.DType is "F16" or "BF16" ? Array.MaxLength / 2 : Array.MaxLength;
            if (entry.End - entry.Begin > most)
            {
                throw new DataFormatException(
                    file, $"array '{entry.Name}' of {entry.End - entry.Begin} bytes",
                    $"arrays of up to {most} bytes", "split the array");
            }
            position = entry.End;
        }
        if (position != room)
            throw SafeTensorsHeader.Bad(file, $"{room - position} bytes behind the last array");
    }

    private static UInt128 ByteCount(SafeTensorsEntry entry, string file)
    {
        UInt128 bytes = entry.DType switch
        {
            "BOOL" or "U8" => 1,
            "F16" or "BF16" => 2,
            "I32" or "F32" => 4,
            "I64" or "F64" => 8,
            _ => throw new DataFormatException(
                file, $"array '{entry.Name}' of type {entry.DType}",
                "BOOL, U8, I32, I64, F16, BF16, F32, F64",
                "convert the array before saving it"),
        };
        foreach (var size in entry.Shape)
        {
            bytes *= (UInt128)size;
            // Beyond any file: stop before the product overflows.
            if (bytes > long.MaxValue)
                throw SafeTensorsHeader.Bad(file, $"array '{entry.Name}' larger than any file");
        }
        return bytes;
    }

    private static NamedArray Convert(SafeTensorsEntry entry, byte[] data, string file)
    {
        if (entry.DType is "F16" or "BF16")
        {
            var words = MemoryMarshal.Cast<byte, ushort>(data);
            var values = new float[words.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = entry.DType == "F16"
                    ? (float)BitConverter.UInt16BitsToHalf(words[i])
                    : BitConverter.UInt32BitsToSingle((uint)words[i] << 16);
            }
            return NamedArray.From<float>(entry.Name, values, entry.Shape);
        }
        // Any other byte would be an undefined bool.
        if (entry.DType == "BOOL" && data.AsSpan().ContainsAnyExcept((byte)0, (byte)1))
            throw SafeTensorsHeader.Bad(file, $"array '{entry.Name}' of BOOL has a byte other than 0 and 1");
        return new NamedArray(
            entry.Name, Enum.Parse<SafeDType>(entry.DType, ignoreCase: true), entry.Shape, data);
    }
}
