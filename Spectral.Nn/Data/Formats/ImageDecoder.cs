using Spectral.Kernels;
using StbImageSharp;

namespace Spectral.Nn;

/// <summary>Height, width and channels of an image.</summary>
internal readonly record struct ImageSize(int Channels, int Height, int Width)
{
    internal int Bytes => checked(Channels * Height * Width);

    internal string Colours => Channels == 1 ? "grey" : "colour";
}

/// <summary>
/// Decodes one JPEG or PNG of 8 bits a channel, and says in a sentence why another is refused.
/// </summary>
internal static class ImageDecoder
{
    private const string Allowed = "JPEG or PNG, grey or RGB, 8 bits a channel";
    private const int PngDepthAt = 24;

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];
    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Decodes.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="data">Its content.</param>
    /// <returns>The size, and the bytes row-major [height, width, channels].</returns>
    /// <exception cref="DataFormatException">Damaged, or of a kind that is not taken.</exception>
    internal static (ImageSize Size, byte[] Pixels) Decode(string name, byte[] data)
    {
        if (data.AsSpan().StartsWith(JpegStart))
            JpegSegments.Check(name, data);
        else if (data.AsSpan().StartsWith(PngStart))
            PngChunks.Check(name, data);
        else
            throw new DataFormatException(name, "a file that is neither a JPEG nor a PNG, whatever its name",
                Allowed, "convert it, or remove it");
        if (data.AsSpan().StartsWith(PngStart) && data[PngDepthAt] == 16)
        {
            throw new DataFormatException(
                name, "a PNG of 16 bits a channel", Allowed, "convert it to 8 bits");
        }

        var image = Decoded(name, data);
        if (image.SourceComp is ColorComponents.GreyAlpha or ColorComponents.RedGreenBlueAlpha)
            throw new DataFormatException(name, "an image with transparency", Allowed,
                "flatten it onto a background");
        return (new ImageSize((int)image.Comp, image.Height, image.Width), image.Data);
    }

    /// <summary>Turns [height, width, channels] into [channels, height, width].</summary>
    internal static void ToPlanes(ReadOnlySpan<byte> pixels, ImageSize size, Span<byte> planes)
    {
        var plane = size.Height * size.Width;
        for (var c = 0; c < size.Channels; c++)
        {
            var destination = planes.Slice(c * plane, plane);
            for (var i = 0; i < destination.Length; i++)
                destination[i] = pixels[(i * size.Channels) + c];
        }
    }

    internal static DataFormatException Damaged(
        string name, string kind, string how, Exception? inner = null) => new(
            name, $"a damaged {kind}: {how}", "a whole, valid file", "copy it again from its source", inner);

    private static ImageResult Decoded(string name, byte[] data)
    {
        var kind = data[0] == 0xFF ? "JPEG" : "PNG";
        try
        {
            return ImageResult.FromMemory(data);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The decoder meets bad data with exceptions of many types.
            throw Damaged(name, kind, e is InvalidOperationException ? e.Message : "it cannot be decoded", e);
        }
    }
}
