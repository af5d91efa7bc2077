using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests.Autograd;

/// <summary>Low-passes are linear, so a large step loses nothing.</summary>
internal sealed class LowPassGradCases : IGradCases
{
    private static readonly Shape[] Series = [[1, 1, 7], [1, 2, 4], [2, 1, 5], [1, 1, 8], [2, 2, 3], [1, 3, 6]];

    private static readonly Shape[] Images =
        [[1, 1, 4, 1], [1, 2, 4, 3], [2, 1, 2, 5], [1, 1, 6, 4], [2, 2, 3, 3], [1, 1, 5, 2]];

    public static IEnumerable<GradCase> Cases() =>
    [
        .. Series.Select(s => new GradCase("LowPass1d", [s], x => Ops.LowPass1d(x[0], Band.Rate(60)), Step: 1e-3)),
        .. Images.Select(s => new GradCase("LowPass2d", [s], x => Ops.LowPass2d(x[0], Band.Bins(2, 1)), Step: 1e-3)),
        .. Series.Select((s, i) => new GradCase(
            "SpectralPool1d", [s], x => Ops.SpectralPool1d(x[0], 2 + i), Step: 1e-3)),
        .. Images.Select((s, i) => new GradCase(
            "SpectralPool2d", [s], x => Ops.SpectralPool2d(x[0], (1 + (i % 3), 2 + (i % 2))), Step: 1e-3)),
    ];
}
