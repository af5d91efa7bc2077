using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>Mean loss and accuracy of a model on a data set.</summary>
/// <param name="Loss">Mean loss over the samples.</param>
/// <param name="Accuracy">Share of samples classified rightly, 0 … 1.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="Top5Accuracy">
/// Share of samples whose class is among the five largest scores; null with five classes or fewer.
/// </param>
public readonly record struct Evaluation(
    double Loss, double Accuracy, int Samples, double? Top5Accuracy = null)
{
    /// <summary>Evaluates a model batch by batch, in evaluation mode, without gradients.</summary>
    /// <param name="model">The model; its mode is restored afterwards.</param>
    /// <param name="loss">The loss, a mean over the batch.</param>
    /// <param name="loader">The samples.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static Evaluation Of(
        Module model, ClassificationLoss loss, DataLoader loader, CancellationToken cancellation = default)
    {
        var wasTraining = model.IsTraining;
        model.Eval();
        try
        {
            using var noGrad = GradMode.NoGrad();
            using var totals = new ClassificationTotals();
            using var tensors = new BatchTensors(model);
            foreach (var batch in loader.Epoch(0, cancellation))
            {
                using var scope = new TensorScope();
                var (x, target) = tensors.Of(batch);
                var logits = model.Forward(x);
                totals.Add(loss(logits, target), logits, target);
            }

            return new Evaluation(totals.Loss, totals.Accuracy, totals.Samples, totals.Top5Accuracy);
        }
        finally
        {
            model.Train(wasTraining);
        }
    }
}

/// <summary>A loss of logits [N, classes] and class indices [N] (Int32), averaged over the batch.</summary>
/// <param name="logits">Scores before the softmax.</param>
/// <param name="target">Class indices.</param>
/// <returns>A single element.</returns>
public delegate Tensor ClassificationLoss(Tensor logits, Tensor target);
