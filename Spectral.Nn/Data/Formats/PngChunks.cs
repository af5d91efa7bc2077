using System.Buffers.Binary;

namespace Spectral.Nn;

/// <summary>
/// Walks over the chunks of a PNG and checks their lengths and checksums, which the decoder leaves out.
/// </summary>
internal static class PngChunks
{
    private const int SignatureLength = 8;

    // Length and type before the content, checksum behind it: 4 bytes each.
    private const int Frame = 12;

    internal static void Check(string name, ReadOnlySpan<byte> data)
    {
        var rest = data[SignatureLength..];
        while (rest.Length >= Frame)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - Frame)
                break;
            var typed = rest.Slice(4, (int)length + 4);
            if (BinaryPrimitives.ReadUInt32BigEndian(rest[(typed.Length + 4)..]) != Crc32.Of(typed))
                throw ImageDecoder.Damaged(name, "PNG", "a checksum does not fit");
            if (typed.StartsWith("IEND"u8))
                return;
            rest = rest[(typed.Length + 8)..];
        }
        throw ImageDecoder.Damaged(name, "PNG", "it ends too early");
    }
}
