using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>Cross entropy of classes and the softmax of scores; see <see cref="Ops.CrossEntropy"/>.</summary>
/// <param name="labelSmoothing">Share of the wanted probability spread over all classes, 0 to 1.</param>
/// <param name="reduction">Mean, sum, or a loss for each sample.</param>
public sealed class CrossEntropyLoss(
    double labelSmoothing = 0, LossReduction reduction = LossReduction.Mean)
{
    /// <summary>The loss: a scalar, or [N] without reduction.</summary>
    /// <param name="input">[N, C], scores of any size.</param>
    /// <param name="target">[N], Int32 classes from 0 to C − 1.</param>
    public Tensor Forward(Tensor input, Tensor target) =>
        Ops.CrossEntropy(input, target, reduction, labelSmoothing);
}

/// <summary>Negative log-likelihood of classes; see <see cref="Ops.NllLoss"/>.</summary>
/// <param name="reduction">Mean, sum, or a loss for each sample.</param>
public sealed class NllLoss(LossReduction reduction = LossReduction.Mean)
{
    /// <summary>The loss: a scalar, or [N] without reduction.</summary>
    /// <param name="input">[N, C], log-probabilities as of <see cref="LogSoftmax"/>.</param>
    /// <param name="target">[N], Int32 classes from 0 to C − 1.</param>
    public Tensor Forward(Tensor input, Tensor target) => Ops.NllLoss(input, target, reduction);
}

/// <summary>Squared differences; see <see cref="Ops.MseLoss"/>.</summary>
/// <param name="reduction">Mean, sum, or a loss for each element.</param>
public sealed class MseLoss(LossReduction reduction = LossReduction.Mean)
{
    /// <summary>The loss: a scalar, or of the inputs' shape without reduction.</summary>
    /// <param name="input">Predictions, any shape.</param>
    /// <param name="target">Wanted values, of the same shape and type.</param>
    public Tensor Forward(Tensor input, Tensor target) => Ops.MseLoss(input, target, reduction);
}
