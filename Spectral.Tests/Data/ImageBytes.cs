using System.Buffers.Binary;
using System.IO.Compression;
using Spectral.Nn;

namespace Spectral.Tests;

/// <summary>Image files for tests.</summary>
internal static class ImageBytes
{
    /// <summary>A file that Pillow wrote, 12×18.</summary>
    internal static byte[] Golden(string name) =>
        Convert.FromBase64String(Tests.Golden.Case("images", name).Param("file").GetString()!);

    /// <summary>A PNG of one value everywhere.</summary>
    internal static byte[] Png(int channels, int height, int width, byte value = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? 0 : 2);

        // Each row begins with its filter: 0, none.
        var rows = new byte[height * ((width * channels) + 1)];
        Array.Fill(rows, value);
        for (var y = 0; y < height; y++)
            rows[y * ((width * channels) + 1)] = 0;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8,
            .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] typed = [.. type, .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.Of(typed));
        return [.. length, .. typed, .. sum];
    }
}
