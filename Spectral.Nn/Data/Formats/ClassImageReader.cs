using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Decodes class-named images on all cores into one array. All of them, of both parts, must be alike.
/// </summary>
internal sealed class ClassImageReader(LabelMap map)
{
    // Files that are held in memory at once.
    private const int Chunk = 4096;

    private (ImageSize Size, string Name)? _first;

    internal ImageDataset Read(ClassImages images)
    {
        var (size, _) = _first ??= FirstOf(images);
        var (count, bytes) = (images.Images.Length, size.Bytes);
        if ((long)count * bytes > Array.MaxLength)
        {
            throw new DataFormatException(images.Where, $"{count} images of {bytes} bytes",
                $"at most {Array.MaxLength} bytes in all", "use fewer or smaller images");
        }

        var pixels = new byte[count * bytes];
        var files = new byte[Math.Min(Chunk, count)][];
        var errors = new DataFormatException?[files.Length];
        for (var start = 0; start < count; start += Chunk)
        {
            var present = Math.Min(Chunk, count - start);
            for (var i = 0; i < present; i++)
                files[i] = images.Read(start + i);
            Parallel.For(0, present, i =>
            {
                var destination = pixels.AsSpan((start + i) * bytes, bytes);
                errors[i] = Decode(images.NameOf(start + i), files[i], destination);
            });
            if (Array.Find(errors, error => error is not null) is { } first)
                throw first;
        }
        return new ImageDataset(
            pixels, [size.Channels, size.Height, size.Width],
            [.. images.Images.Select(image => Label(image.Class))], map.ClassNames);
    }

    private static (ImageSize Size, string Name) FirstOf(ClassImages images)
    {
        var name = images.NameOf(0);
        return (ImageDecoder.Decode(name, images.Read(0)).Size, name);
    }

    // Returned rather than thrown, so that the first bad file is named whichever thread is faster.
    private DataFormatException? Decode(string name, byte[] file, Span<byte> destination)
    {
        try
        {
            var (size, pixels) = ImageDecoder.Decode(name, file);
            if (size != _first!.Value.Size)
                return Unlike(name, size);
            ImageDecoder.ToPlanes(pixels, size, destination);
            return null;
        }
        catch (DataFormatException error)
        {
            return error;
        }
    }

    private DataFormatException Unlike(string name, ImageSize size)
    {
        var (wanted, first) = _first!.Value;
        return size.Channels == wanted.Channels
            ? new(name, $"an image of {size.Height}×{size.Width}",
                $"images of one size: {first} has {wanted.Height}×{wanted.Width}",
                "scale or cut it to that size")
            : new(name, $"a {size.Colours} image", $"images of one kind: {first} is {wanted.Colours}",
                $"convert it to {(wanted.Channels == 1 ? "grey" : "RGB")}, or remove it");
    }

    private int Label(string className) => map.TryGetIndex(className, out var index)
        ? index
        : throw new DataFormatException("data", $"the class '{className}'", "a class of the training images",
            "remove it");
}
