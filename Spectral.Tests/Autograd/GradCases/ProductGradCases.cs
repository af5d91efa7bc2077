using Spectral.Autograd;

namespace Spectral.Tests.Autograd;

internal sealed class ProductGradCases : IGradCases
{
    private static readonly (Shape A, Shape B)[] Products =
    [
        ([1, 1], [1, 1]), ([2, 3], [3, 4]), ([5, 2], [2, 1]), ([2, 2, 3], [2, 3, 2]), ([2, 2, 3], [3, 4]),
        ([2, 3], [3, 3, 2]), ([2, 1, 2, 2], [2, 1, 2, 3]),
    ];

    // Rows, inputs, outputs.
    private static readonly (int N, int In, int Out)[] Layers =
        [(1, 1, 1), (2, 3, 4), (4, 2, 1), (1, 5, 3), (3, 1, 2), (2, 9, 5)];

    public static IEnumerable<GradCase> Cases() =>
    [
        .. Products.Select(p => new GradCase("MatMul", [p.A, p.B], x => Ops.MatMul(x[0], x[1]))),
        .. Layers.Select(s => new GradCase("Linear", [[s.N, s.In], [s.Out, s.In], [s.Out]],
            x => Ops.Linear(x[0], x[1], x[2]))),
        .. Layers.Select(s => new GradCase("Linear", [[s.N, s.In], [s.Out, s.In]],
            x => Ops.Linear(x[0], x[1]))),
    ];
}
