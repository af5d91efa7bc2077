using Spectral.Autograd;

namespace Spectral.Tests.Autograd;

internal sealed class NormGradCases : IGradCases
{
    private static readonly Shape[] Shapes = [[2, 1], [4, 3], [2, 2, 3], [3, 1, 2], [2, 2, 2, 2], [1, 3, 4]];

    public static IEnumerable<GradCase> Cases() =>
    [
        .. Shapes.Select(s => new GradCase("BatchNorm", [s, [s[1]], [s[1]]],
            inputs => Ops.BatchNorm(inputs[0], inputs[1], inputs[2]))),
        .. Shapes.Select(s => new GradCase("BatchNorm", [s, [s[1]], [s[1]]],
            inputs => Ops.BatchNorm(inputs[0], inputs[1], inputs[2], relu: true))),
        .. Shapes.Select(s => new GradCase("BatchNorm", [s, [s[1]], [s[1]], s],
            inputs => Ops.BatchNorm(inputs[0], inputs[1], inputs[2], relu: true, residual: inputs[3]))),
        .. Shapes.Select(s => new GradCase("BatchNormEvaluate", [s, [s[1]], [s[1]]],
            inputs => Ops.BatchNormEvaluate(inputs[0], inputs[1], inputs[2],
                Tensor.Full([s[1]], 0.25, inputs[0].DType, inputs[0].Device),
                Tensor.Full([s[1]], 1.5, inputs[0].DType, inputs[0].Device)))),
    ];
}
