using System.Buffers.Binary;

namespace Spectral.Nn;

/// <summary>
/// Walks over the segments of a JPEG (ITU-T T.81, annex B) up to its end marker and checks lengths and
/// tables. The decoder fills up what a cut-off file lacks, and stops in silence at a bad segment behind the
/// frame header.
/// </summary>
internal static class JpegSegments
{
    private const byte HuffmanTables = 0xC4, QuantizationTables = 0xDB, RestartInterval = 0xDD;
    private const byte End = 0xD9, Scan = 0xDA, LineCount = 0xDC, Comment = 0xFE;

    internal static void Check(string name, ReadOnlySpan<byte> data)
    {
        var rest = data[2..];
        while (rest.Length >= 2 && rest[0] == 0xFF)
        {
            var marker = rest[1];
            if (marker == End)
                return;
            if (marker == 0xFF)
            {
                rest = rest[1..]; // fill before a marker
                continue;
            }
            if (rest.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) + 2 > rest.Length)
                break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || !IsValid(marker, rest[4..Math.Max(4, length + 2)]))
                throw ImageDecoder.Damaged(name, "JPEG", $"segment {marker:X2} is not valid");
            rest = rest[(length + 2)..];
            if (marker == Scan)
                rest = rest[EntropyCoded(rest)..];
        }
        var isCut = rest.Length < 4 || rest[0] == 0xFF;
        throw ImageDecoder.Damaged(name, "JPEG", isCut ? "it ends too early" : "a segment does not fit");
    }

    // Up to the next marker: 00 behind FF belongs to the data, and so do restarts.
    private static int EntropyCoded(ReadOnlySpan<byte> data)
    {
        for (var i = 0; i + 1 < data.Length; i++)
            if (data[i] == 0xFF && data[i + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
                return i;
        return data.Length;
    }

    private static bool IsValid(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        HuffmanTables => AreHuffmanTables(content),
        QuantizationTables => AreQuantizationTables(content),
        RestartInterval or LineCount => content.Length == 2,
        Scan => content.Length >= 6,
        Comment or (>= 0xE0 and <= 0xEF) => true,
        >= 0xC0 and <= 0xC2 => content.Length >= 9, // the frames that the decoder takes
        _ => false,
    };

    // Class and number, how many codes there are of each length 1 … 16, and as many values.
    private static bool AreHuffmanTables(ReadOnlySpan<byte> content)
    {
        while (content.Length >= 17)
        {
            var (codes, room) = (0, 1);
            foreach (var count in content[1..17])
            {
                codes += count;
                room = (2 * room) - count;
                if (room < 0)
                    return false;
            }
            if (content[0] >> 4 > 1 || (content[0] & 15) > 3 || codes > 256 || content.Length < 17 + codes)
                return false;
            content = content[(17 + codes)..];
        }
        return content.IsEmpty;
    }

    // Precision and number, then 64 values of one or two bytes.
    private static bool AreQuantizationTables(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var length = 1 + (64 * ((content[0] >> 4) + 1));
            if (content[0] >> 4 > 1 || (content[0] & 15) > 3 || content.Length < length)
                return false;
            content = content[length..];
        }
        return true;
    }
}
