using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Mirrors an image left to right, or leaves it, at random.</summary>
public sealed class RandomHorizontalFlip : ISampleTransform
{
    private readonly double _probability;

    /// <summary>Makes the transform.</summary>
    /// <param name="probability">Share of the images that are mirrored, 0 … 1.</param>
    /// <exception cref="InvalidInputException">No such share.</exception>
    public RandomHorizontalFlip(double probability = 0.5)
    {
        Throw.Unless(probability is >= 0 and <= 1, nameof(RandomHorizontalFlip), $"probability {probability}",
            "0 to 1", "choose 0.5");
        _probability = probability;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, ReadOnlySpan<int> shape, Generator random)
    {
        ImageAxes.Require(shape, nameof(RandomHorizontalFlip));
        if (random.NextDouble() >= _probability)
            return;
        var width = shape[2];
        for (var start = 0; start < sample.Length; start += width)
            sample.Slice(start, width).Reverse();
    }
}

/// <summary>What transforms of images ask of a sample.</summary>
internal static class ImageAxes
{
    internal static void Require(ReadOnlySpan<int> shape, string transform) => Throw.Unless(
        shape.Length == 3, transform, $"samples of {shape.Length} axes", "images [channels, height, width]",
        "leave the transform out");
}
