using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>(x − target)², element by element.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="reduction">Mean, sum, or a loss for each element.</param>
    /// <exception cref="InvalidInputException">Shapes or types differ.</exception>
    public static Tensor MseLoss(Tensor x, Tensor target, LossReduction reduction = LossReduction.Mean)
    {
        Throw.Unless(x.Shape == target.Shape, "mse", $"shapes {x.Shape} and {target.Shape}", "equal shapes",
            "reshape or broadcast one of them first");
        var scale = Losses.Scale(reduction, x.Length);
        var losses = Tensor.Like(x, operation: "mse");
        Loss.Square(x.Data, target.Data, losses.Data, scale);
        var y = Losses.Reduce(reduction, losses);
        return Tape.Record(y, [x, target], () => new MseLossRule(x, target, scale), "mse");
    }

    private sealed class MseLossRule : BackwardRule
    {
        private readonly Tensor _x, _target;
        private readonly double _scale;

        public MseLossRule(Tensor x, Tensor target, double scale) =>
            (_x, _target, _scale) = (Save(x), Save(target), scale);

        public override string Name => "mse";

        protected internal override Tensor?[] Backward(Tensor dy) =>
        [
            Needs(0) ? Gradient(_x, _target, dy) : null,
            Needs(1) ? Gradient(_target, _x, dy) : null,
        ];

        private Tensor Gradient(Tensor a, Tensor b, Tensor dy)
        {
            var da = Tensor.Like(a, operation: Name);
            Loss.SquareGradient(a.Data, b.Data, dy.Data, da.Data, _scale);
            return da;
        }
    }
}
