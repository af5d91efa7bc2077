using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>The layers of the networks: the series network's and the residual network's.</summary>
internal static class LayerBlocks
{
    internal const string Series = "Layers of series";
    internal const string Images = "Layers of images";

    private static readonly int[] Lengths = [24, 150, 512, 1639];

    private static readonly (int C, int K, int R)[] SeriesFilters =
        [(1, 128, 8), (128, 256, 5), (256, 128, 3), (128, 128, 32)];

    private static readonly (int Channels, int Side)[] ImagePlanes =
        [(64, 32), (64, 16), (128, 8), (256, 4), (512, 2)];

    private const int SeriesBatch = 16;

    internal static IEnumerable<Contest> Contests(SuiteContext context)
    {
        foreach (var length in context.Quick ? [150] : Lengths)
            foreach (var (c, k, r) in SeriesFilters)
                foreach (var both in Passes)
                    yield return OfSeries(context, SeriesBatch, c, k, length, r, both);

        foreach (var batch in context.Quick ? [32] : (int[])[32, 128])
            foreach (var (channels, side) in context.Quick ? [(64, 16), (256, 4)] : ImagePlanes)
                foreach (var both in Passes)
                    yield return OfImages(context, batch, channels, side, both);
        if (!context.Quick)
            foreach (var both in Passes)
                yield return OfImages(context, 32, 64, 56, both);
    }

    /// <summary>A layer of series, padded so that the length stays (or loses one).</summary>
    internal static Contest OfSeries(
        SuiteContext context, int n, int c, int k, int length, int r, bool both)
    {
        var padding = (r - 1) / 2;
        var shape = ConvShape.OneAxis(n, c, k, new ConvAxis(length, r, 1, padding, padding));
        return LayerContest.Of(context, Series, $"{n}×{c}×{length} → {k}, filters of {r}", shape, 1, both);
    }

    /// <summary>A 3×3 layer of images that keeps size and channels.</summary>
    internal static Contest OfImages(SuiteContext context, int n, int channels, int side, bool both)
    {
        var axis = new ConvAxis(side, 3, 1, 1, 1);
        return LayerContest.Of(
            context, Images, $"{n}×{channels}×{side}×{side}, 3×3",
            new ConvShape(n, channels, channels, axis, axis), 2, both);
    }

    private static readonly bool[] Passes = [false, true];
}
