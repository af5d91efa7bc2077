using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Pads an image with zeros on all sides and cuts a window of the former size out at a random place: a shift
/// by −padding … padding along each axis. Zero is black, so it belongs before the normalisation.
/// </summary>
public sealed class RandomCrop : ISampleTransform
{
    private readonly int _padding;

    /// <summary>Makes the transform.</summary>
    /// <param name="padding">Width of the border on each side, at least 0.</param>
    /// <exception cref="InvalidInputException">A negative padding.</exception>
    public RandomCrop(int padding = 4)
    {
        Throw.Unless(padding >= 0, nameof(RandomCrop), $"padding {padding}", "0 or more", "choose 4");
        _padding = padding;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, ReadOnlySpan<int> shape, Generator random)
    {
        ImageAxes.Require(shape, nameof(RandomCrop));
        var down = random.NextInt32((2 * _padding) + 1) - _padding;
        var right = random.NextInt32((2 * _padding) + 1) - _padding;
        var (height, width) = (shape[1], shape[2]);
        for (var c = 0; c < shape[0]; c++)
            Shift(sample.Slice(c * height * width, height * width), height, width, down, right);
    }

    // Rows are taken in the order in which none is overwritten before it is read.
    private static void Shift(Span<float> plane, int height, int width, int down, int right)
    {
        var kept = Math.Max(0, width - Math.Abs(right));
        for (var step = 0; step < height; step++)
        {
            var y = down <= 0 ? step : height - 1 - step;
            var row = plane.Slice(y * width, width);
            var from = y - down;
            if (from < 0 || from >= height || kept == 0)
            {
                row.Clear();
                continue;
            }
            var source = plane.Slice(from * width, width);
            source.Slice(Math.Max(0, -right), kept).CopyTo(row[Math.Max(0, right)..]);
            if (right > 0)
                row[..(width - kept)].Clear();
            else
                row[kept..].Clear();
        }
    }
}
