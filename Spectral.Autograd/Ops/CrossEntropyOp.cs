using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>
    /// Cross entropy between classes and the softmax of scores, in one pass. With label smoothing s the
    /// wanted distribution is 1 − s at the class plus s / C everywhere (Szegedy et al. 2016).
    /// </summary>
    /// <param name="x">[N, C], scores of any size.</param>
    /// <param name="target">[N], Int32 classes from 0 to C − 1.</param>
    /// <param name="reduction">Mean, sum, or a loss for each row.</param>
    /// <param name="labelSmoothing">From 0 to 1.</param>
    /// <exception cref="InvalidInputException">
    /// The shapes do not fit, a target is no class, or the smoothing is out of range.
    /// </exception>
    public static Tensor CrossEntropy(
        Tensor x, Tensor target, LossReduction reduction = LossReduction.Mean, double labelSmoothing = 0)
    {
        Losses.CheckRows("cross entropy", x, target);
        var scale = Losses.Scale(reduction, target.Length);
        var losses = Tensor.Like(x, target.Shape, "cross entropy");
        using var logSum = Tensor.Like(x, target.Shape, "cross entropy");
        Loss.CrossEntropy(x.Data, target.Data, losses.Data, logSum.Data, labelSmoothing, scale);
        var y = Losses.Reduce(reduction, losses);
        return Tape.Record(
            y, [x], () => new CrossEntropyRule(x, target, logSum, labelSmoothing, scale), "cross entropy");
    }

    private sealed class CrossEntropyRule : BackwardRule
    {
        private readonly Tensor _x, _target, _logSum;
        private readonly double _smoothing, _scale;

        public CrossEntropyRule(Tensor x, Tensor target, Tensor logSum, double smoothing, double scale)
        {
            (_x, _target, _logSum) = (Save(x), Save(target), Save(logSum));
            (_smoothing, _scale) = (smoothing, scale);
        }

        public override string Name => "cross entropy";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(_x, operation: Name);
            Loss.CrossEntropyGradient(
                _x.Data, _target.Data, _logSum.Data, dy.Data, dx.Data, _smoothing, _scale);
            return [dx];
        }
    }
}
