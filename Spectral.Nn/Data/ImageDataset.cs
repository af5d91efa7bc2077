using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Images, kept as the bytes they are stored in: 50 000 of 3×32×32 take 150 MB rather than 600. A sample is
/// converted when a batch is made, on the loader's thread, to values 0 … 1: byte / 255.
/// </summary>
public sealed class ImageDataset : Dataset
{
    private static readonly float[] Shares = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    /// <summary>Takes the arrays over without a copy.</summary>
    /// <param name="pixels">Row-major [count, channels, height, width].</param>
    /// <param name="sampleShape">[channels, height, width].</param>
    /// <param name="labels">Class index of each image.</param>
    /// <param name="classNames">Name of each class.</param>
    /// <exception cref="InvalidInputException">Sizes that do not fit together.</exception>
    public ImageDataset(byte[] pixels, int[] sampleShape, int[] labels, string[] classNames)
        : base(sampleShape, labels, classNames)
    {
        Throw.Unless(
            sampleShape.Length == 3, nameof(ImageDataset), $"sample shape [{string.Join(", ", sampleShape)}]",
            "[channels, height, width]", "give three sizes");
        Throw.Unless(
            pixels.LongLength == (long)labels.Length * SampleSize, nameof(ImageDataset),
            $"{pixels.Length} bytes", $"{labels.Length} images of {SampleSize} bytes",
            "give one label for each image");
        Pixels = pixels;
    }

    /// <summary>All bytes, row-major [count, channels, height, width].</summary>
    public byte[] Pixels { get; }

    /// <inheritdoc/>
    protected override void CopySampleCore(int index, Span<float> destination)
    {
        var pixels = Pixels.AsSpan(index * SampleSize, SampleSize);
        for (var i = 0; i < pixels.Length; i++)
            destination[i] = Shares[pixels[i]];
    }
}
