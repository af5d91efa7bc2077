using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests.Autograd;

internal sealed class LossGradCases : IGradCases
{
    private static readonly Shape[] Rows = [[1, 1], [1, 4], [3, 2], [4, 3], [2, 7], [6, 5]];

    private static readonly Shape[] Shapes = [[3], [2, 3], [4, 1], [2, 3, 2], [1, 5], [2, 2, 2, 2]];

    public static IEnumerable<GradCase> Cases() =>
    [
        .. Each("Softmax", Shapes, inputs => Ops.Softmax(inputs[0])),
        .. Each("Softmax", [[3, 2], [2, 4, 3]], inputs => Ops.Softmax(inputs[0], 0)),
        .. Each("LogSoftmax", Shapes, inputs => Ops.LogSoftmax(inputs[0])),
        .. Each("LogSoftmax", [[3, 2], [2, 4, 3]], inputs => Ops.LogSoftmax(inputs[0], 1)),
        .. Enum.GetValues<LossReduction>().SelectMany(Losses),
        .. Each("Dropout", Shapes, inputs => Ops.Dropout(inputs[0], 0.4, true, new Generator(7))),
        .. Each("Dropout", [[5], [3, 3]], inputs => Ops.Dropout(inputs[0], 0.4, training: false)),
    ];

    private static IEnumerable<GradCase> Losses(LossReduction reduction) =>
    [
        .. Each("NllLoss", Rows, x => Ops.NllLoss(x[0], Targets(x[0]), reduction)),
        .. Each("CrossEntropy", Rows, x => Ops.CrossEntropy(x[0], Targets(x[0]), reduction)),
        .. Each("CrossEntropy", Rows, x => Ops.CrossEntropy(x[0], Targets(x[0]), reduction, 0.2)),
        .. Shapes.Select(s => new GradCase("MseLoss", [s, s], x => Ops.MseLoss(x[0], x[1], reduction))),
    ];

    private static IEnumerable<GradCase> Each(string op, Shape[] shapes, Func<Tensor[], Tensor> function) =>
        shapes.Select(s => new GradCase(op, [s], function));

    private static Tensor Targets(Tensor x) => Tensor.From(
        [.. Enumerable.Range(0, x.Shape[0]).Select(n => n * 3 % x.Shape[1])], [x.Shape[0]], x.Device);
}
