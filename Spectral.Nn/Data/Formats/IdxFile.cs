using System.Buffers.Binary;
using System.IO.Compression;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// A file of unsigned bytes in LeCun's IDX form: two zeros, the type 8, the number of axes, their sizes as
/// big-endian 32-bit numbers, the values row-major. Packed with gzip if its name ends in <c>.gz</c>.
/// </summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="Sizes">Sizes of the axes.</param>
/// <param name="Values">The values.</param>
internal sealed record IdxFile(string Name, int[] Sizes, ReadOnlyMemory<byte> Values)
{
    private const uint UnsignedBytes = 0x0800;
    private const int GzipTrailer = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">No such file, with these axes, or a damaged one.</exception>
    internal static IdxFile Read(string path, int axes)
    {
        var name = Path.GetFileName(path);
        var data = DataFile.ReadBytes(path);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            data = Unpack(name, data);
        var header = 4 + (4 * axes);
        if (data.Length < header)
            throw CutOff(name, $"{data.Length} bytes", $"{header} bytes of header and then the values");
        var magic = BinaryPrimitives.ReadUInt32BigEndian(data);
        if (magic != (UnsignedBytes | (uint)axes))
        {
            throw new DataFormatException(
                name, $"the magic number 0x{magic:X8}",
                $"0x{UnsignedBytes | (uint)axes:X8}: unsigned bytes with {axes} axes",
                "this is another file or kind of file: check which one it is");
        }

        var sizes = new int[axes];
        var wanted = 1L;
        for (var axis = 0; axis < axes; axis++)
        {
            sizes[axis] = BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(4 + (4 * axis)));
            if (sizes[axis] <= 0 || (wanted *= sizes[axis]) > Array.MaxLength)
                throw CutOff(name, $"the size {sizes[axis]} of axis {axis}", "sizes of a data set");
        }
        if (data.Length - header != wanted)
        {
            throw CutOff(name, $"{data.Length - header} values",
                $"{wanted} as the header says: {string.Join('×', sizes)}");
        }
        return new IdxFile(name, sizes, data.AsMemory(header));
    }

    private static byte[] Unpack(string name, byte[] data)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
            gzip.CopyTo(unpacked);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw DamagedGzip(name, error);
        }
        // The stream does not miss the checksum and length if a file is cut off at its very end.
        var content = unpacked.ToArray();
        var trailer = data.AsSpan(Math.Max(0, data.Length - GzipTrailer));
        return trailer.Length == GzipTrailer
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == Crc32.Of(content)
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == (uint)content.Length
            ? content
            : throw DamagedGzip(name, null);
    }

    private static DataFormatException DamagedGzip(string name, Exception? error) => new(
        name, "gzip data that are damaged or cut off", "a whole, valid file",
        "copy it again from its source", error);

    private static DataFormatException CutOff(string name, string given, string allowed) =>
        new(name, given, allowed, "the file is cut off or damaged: copy it again from its source");
}
