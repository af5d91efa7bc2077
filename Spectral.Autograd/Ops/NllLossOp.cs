using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>−x[n, target[n]]: the negative log-likelihood of classes.</summary>
    /// <param name="x">[N, C], logarithms of probabilities.</param>
    /// <param name="target">[N], Int32 classes from 0 to C − 1.</param>
    /// <param name="reduction">Mean, sum, or a loss for each row.</param>
    /// <exception cref="InvalidInputException">The shapes do not fit, or a target is no class.</exception>
    public static Tensor NllLoss(Tensor x, Tensor target, LossReduction reduction = LossReduction.Mean)
    {
        Losses.CheckRows("nll", x, target);
        var scale = Losses.Scale(reduction, target.Length);
        var losses = Tensor.Like(x, target.Shape, "nll");
        Loss.Nll(x.Data, target.Data, losses.Data, scale);
        var y = Losses.Reduce(reduction, losses);
        return Tape.Record(y, [x], () => new NllLossRule(x.Shape, target, scale), "nll");
    }

    private sealed class NllLossRule : BackwardRule
    {
        private readonly Shape _shape;
        private readonly Tensor _target;
        private readonly double _scale;

        public NllLossRule(Shape shape, Tensor target, double scale) =>
            (_shape, _target, _scale) = (shape, Save(target), scale);

        public override string Name => "nll";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, _shape, Name);
            Loss.NllGradient(_target.Data, dy.Data, dx.Data, _scale);
            return [dx];
        }
    }
}
