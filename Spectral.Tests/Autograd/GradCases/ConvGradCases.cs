using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests.Autograd;

/// <summary>The convolution is linear in each input, so a large step loses nothing to cancellation.</summary>
internal sealed class ConvGradCases : IGradCases
{
    // Batch, inputs, outputs, length, filter, stride, padding, percent dropped.
    private static readonly (int N, int C, int K, int L, int R, int Stride, int Pad, double Rate)[] Layers =
    [
        (1, 1, 1, 5, 3, 1, 0, 0), (2, 1, 2, 6, 3, 1, 1, 50), (1, 2, 3, 7, 2, 2, 1, 30),
        (2, 2, 1, 8, 4, 3, 3, 80), (1, 3, 2, 9, 1, 1, 0, 50), (1, 2, 2, 10, 5, 2, 2, 0),
    ];

    public static IEnumerable<GradCase> Cases() => [.. Direct(), .. BandLimited(), .. Images(), .. Circular()];

    private static IEnumerable<GradCase> Direct() =>
        Layers.Select(s => new GradCase(
            "Conv1d", [[s.N, s.C, s.L], [s.K, s.C, s.R], [s.K]],
            x => Ops.Conv1d(x[0], x[1], x[2], new Conv1dSettings(s.Stride, s.Pad)), Step: 1e-3));

    private static IEnumerable<GradCase> BandLimited() =>
        Layers.Select(s => new GradCase(
            "BandLimitedConv1d", [[s.N, s.C, s.L], [s.K, s.C, s.R], [s.K]],
            x => Ops.BandLimitedConv1d(
                x[0], x[1], x[2], new Conv1dSettings(s.Stride, s.Pad), Band.Rate(s.Rate)),
            Step: 1e-3));

    // Channels, filters, image, kernel, stride, padding, groups, percent dropped.
    private static readonly (int C, int K, Size2 X, Size2 R, Size2 Stride, Size2 Pad, int Groups, double Rate)[]
        ImageLayers =
        [
            (1, 1, 3, 2, 1, 0, 1, 0), (1, 2, (4, 3), 3, 1, 1, 1, 50), (2, 2, (3, 5), (2, 3), 2, (1, 0), 2, 30),
            (2, 1, 4, (1, 3), (1, 3), (0, 2), 1, 80), (3, 3, (2, 4), 1, 1, 0, 3, 50), (1, 2, 5, 3, 3, 2, 1, 0),
        ];

    private static IEnumerable<GradCase> Images()
    {
        foreach (var s in ImageLayers)
        {
            Shape[] shapes = [[2, s.C, s.X.H, s.X.W], [s.K, s.C / s.Groups, s.R.H, s.R.W], [s.K]];
            var settings = new Conv2dSettings(s.Stride, s.Pad, Groups: s.Groups);
            yield return new GradCase("Conv2d", shapes, x => Ops.Conv2d(x[0], x[1], x[2], settings), Step: 1e-3);
            yield return new GradCase(
                "BandLimitedConv2d", shapes,
                x => Ops.BandLimitedConv2d(x[0], x[1], x[2], settings, Band.Rate(s.Rate)), Step: 1e-3);
        }
    }

    private static IEnumerable<GradCase> Circular() =>
        new (Shape Shape, int Axis, int Before, int After)[]
        {
            ([3], 0, 1, 1), ([2, 3], 1, 0, 3), ([2, 5], 0, 2, 0), ([2, 1, 4], 2, 3, 2), ([1, 2], 0, 1, 1),
            ([2, 2, 3, 2], 2, 1, 2),
        }.Select(s => new GradCase(
            "PadCircular", [s.Shape], x => Ops.PadCircular(x[0], s.Axis, s.Before, s.After)));
}
