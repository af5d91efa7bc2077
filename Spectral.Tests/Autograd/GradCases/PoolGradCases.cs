using Spectral.Autograd;

namespace Spectral.Tests.Autograd;

internal sealed class PoolGradCases : IGradCases
{
    private static readonly Shape[] Series =
        [[1, 1, 4], [2, 1, 5], [1, 3, 6], [2, 2, 7], [1, 1, 8], [3, 1, 9]];

    private static readonly Shape[] Images =
        [[1, 1, 2, 2], [1, 2, 3, 3], [2, 1, 4, 3], [1, 1, 5, 4], [1, 1, 2, 6], [2, 2, 3, 4]];

    public static IEnumerable<GradCase> Cases() =>
    [
        .. Each("AdaptiveAvgPool1d", Series, x => Ops.AdaptiveAvgPool1d(x, 3)),
        .. Each("AdaptiveAvgPool2d", Images, x => Ops.AdaptiveAvgPool2d(x, (3, 2))),
        .. Each("AvgPool1d", Series, x => Ops.AvgPool1d(x, 3, 2, 1)),
        .. Each("AvgPool2d", Images, x => Ops.AvgPool2d(x, (2, 2), (1, 2), (1, 0), false)),
        .. Each("GlobalAvgPool", [.. Series.Take(3), .. Images.Take(3)], x => Ops.GlobalAvgPool(x)),
        .. Each("MaxPool1d", Series, x => Ops.MaxPool1d(x, 3, 2, 1)),
        .. Each("MaxPool2d", Images, x => Ops.MaxPool2d(x, (2, 2), (1, 2), (1, 0))),
    ];

    private static IEnumerable<GradCase> Each(string op, Shape[] shapes, Func<Tensor, Tensor> function) =>
        shapes.Select(s => new GradCase(op, [s], inputs => function(inputs[0])));
}
