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

    public static IEnumerable<GradCase> Cases() => [.. Direct(), .. BandLimited()];

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
}
