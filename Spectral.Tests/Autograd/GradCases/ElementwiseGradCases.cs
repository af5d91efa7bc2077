using Spectral.Autograd;

namespace Spectral.Tests.Autograd;

internal sealed class ElementwiseGradCases : IGradCases
{
    private static readonly Shape[] Shapes = [[1], [7], [2, 3], [4, 1, 3], [2, 2, 2, 2], [33]];

    // Equal shapes, scalars, rows, columns, both broadcast at once, and ranks that differ.
    private static readonly (Shape A, Shape B)[] Pairs =
    [
        ([2, 3], [2, 3]), ([5], []), ([2, 3], [3]), ([2, 3, 4], [3, 1]), ([2, 1, 3], [4, 1]), ([1], [2, 2]),
        ([3, 1, 2, 1], [1, 2, 1, 2]),
    ];

    public static IEnumerable<GradCase> Cases() =>
    [
        .. Unary("Relu", Ops.Relu, kink: 0.01),
        .. Unary("LeakyRelu", x => Ops.LeakyRelu(x, 0.2), kink: 0.01),
        .. Unary("Exp", Ops.Exp),
        .. Unary("Log", Ops.Log, low: 0.3),
        .. Unary("Sqrt", Ops.Sqrt, low: 0.3),
        .. Unary("Tanh", Ops.Tanh),
        .. Unary("Sigmoid", Ops.Sigmoid),
        .. Unary("Gelu", Ops.Gelu),
        .. Unary("Relu6", x => Ops.Relu6(x), kink: 0.01),
        .. Unary("Elu", x => Ops.Elu(x, 1.5), kink: 0.01),
        .. Unary("Silu", Ops.Silu),
        .. Unary("Softplus", x => Ops.Softplus(x, 1.5)),
        .. Unary("Abs", Ops.Abs, kink: 0.01),
        .. Unary("Square", Ops.Square),
        .. Unary("Pow", x => Ops.Pow(x, 3)),
        .. Unary("Pow", x => Ops.Pow(x, -2), kink: 0.5),
        .. Unary("Pow", x => Ops.Pow(x, 2.5), low: 0.3),
        .. Unary("Scale", x => Ops.Scale(x, -1.5)),
        .. Unary("Negate", Ops.Negate),
        .. Unary("AddScalar", x => Ops.AddScalar(x, 0.75)),
        .. Unary("DivideInto", x => Ops.DivideInto(x, 3), kink: 0.5),
        .. Binary("Add", Ops.Add),
        .. Binary("Subtract", Ops.Subtract),
        .. Binary("Multiply", Ops.Multiply),
        .. Binary("Divide", Ops.Divide, kink: 0.5),
    ];

    private static IEnumerable<GradCase> Unary(
        string op, Func<Tensor, Tensor> function, double low = -2, double kink = 0) =>
        Shapes.Select(s => new GradCase(op, [s], inputs => function(inputs[0]), low, 2, kink));

    private static IEnumerable<GradCase> Binary(
        string op, Func<Tensor, Tensor, Tensor> function, double kink = 0) =>
        Pairs.Select(p => new GradCase(op, [p.A, p.B], inputs => function(inputs[0], inputs[1]), Kink: kink));
}
