using Spectral.Autograd;

namespace Spectral.Tests.Autograd;

internal sealed class ShapeGradCases : IGradCases
{
    public static IEnumerable<GradCase> Cases() =>
    [
        One("Reshape", [6], x => x.Reshape(2, 3)),
        One("Reshape", [2, 3], x => x.Reshape(-1)),
        One("Reshape", [2, 3, 4], x => x.Reshape(4, -1)),
        One("Reshape", [1], x => x.Reshape()),
        One("Reshape", [2, 2, 2], x => x.Reshape(2, 1, 4)),
        One("Reshape", [4, 1, 3], x => x.Reshape(12)),
        One("Flatten", [2, 3], x => x.Flatten()),
        One("Flatten", [2, 3, 4], x => x.Flatten()),
        One("Flatten", [5], x => x.Flatten(0)),
        One("Flatten", [2, 3, 2, 2], x => x.Flatten(1, 2)),
        One("Flatten", [2, 1, 3], x => x.Flatten(0, 1)),
        One("Flatten", [1, 1, 1], x => x.Flatten(-2)),
        One("Permute", [2, 3], x => x.Permute(1, 0)),
        One("Permute", [2, 3, 4], x => x.Permute(2, 0, 1)),
        One("Permute", [3, 2, 3], x => x.Permute(0, 2, 1)),
        One("Permute", [2, 1, 3, 2], x => x.Permute(3, 1, -2, 0)),
        One("Permute", [4], x => x.Permute(0)),
        One("Permute", [2, 2, 1, 2, 2], x => x.Permute(4, 3, 2, 1, 0)),
        One("Transpose", [2, 3], x => x.Transpose()),
        One("Transpose", [1, 4], x => x.Transpose()),
        One("Transpose", [2, 3, 4], x => x.Transpose()),
        One("Transpose", [4, 1, 2], x => x.Transpose(0, 2)),
        One("Transpose", [3, 3], x => x.Transpose(0, 1)),
        One("Transpose", [2, 2, 3, 2], x => x.Transpose(1, -1)),
        One("Narrow", [7], x => x.Narrow(0, 2, 3)),
        One("Narrow", [3, 4], x => x.Narrow(0, 1, 2)),
        One("Narrow", [4, 3], x => x.Narrow(1, 0, 3)),
        One("Narrow", [2, 3, 4], x => x.Narrow(1, 2, 1)),
        One("Narrow", [1, 2, 5], x => x.Narrow(-1, 1, 2)),
        One("Narrow", [2, 2, 2, 3], x => x.Narrow(0, 0, 1)),
        Concat(0, [2], [3]),
        Concat(0, [2, 3], [1, 3]),
        Concat(1, [2, 3], [2, 1], [2, 2]),
        Concat(-1, [2, 2, 1], [2, 2, 3]),
        Concat(1, [2, 1, 2], [2, 3, 2]),
        Concat(0, [4]),
        One("Sum", [5], Ops.Sum),
        One("Sum", [2, 3], x => x.Sum([0])),
        One("Sum", [4, 2], x => x.Sum([1], keepDims: true)),
        One("Sum", [2, 3, 4], x => x.Sum([0, 2])),
        One("Sum", [3, 1, 2], x => x.Sum([-2], keepDims: true)),
        One("Sum", [2, 2, 2, 3], x => x.Sum([1, 2])),
        One("Mean", [5], Ops.Mean),
        One("Mean", [2, 3], x => x.Mean([0])),
        One("Mean", [4, 2], x => x.Mean([1], keepDims: true)),
        One("Mean", [2, 3, 4], x => x.Mean([0, 2])),
        One("Mean", [1, 3, 1], x => x.Mean([0])),
        One("Mean", [2, 2, 2, 3], x => x.Mean([-1, 0])),
        One("Max", [5], x => x.Max()),
        One("Max", [2, 3], x => x.Max(0)),
        One("Max", [4, 2], x => x.Max(1, keepDims: true)),
        One("Max", [2, 3, 4], x => x.Max(1)),
        One("Max", [1, 1], x => x.Max()),
        One("Max", [3, 2, 2, 2], x => x.Max(0, keepDims: true)),
    ];

    private static GradCase One(string op, Shape shape, Func<Tensor, Tensor> function) =>
        new(op, [shape], inputs => function(inputs[0]));

    private static GradCase Concat(int axis, params Shape[] shapes) =>
        new("Concat", shapes, inputs => Ops.Concat(inputs, axis));
}
