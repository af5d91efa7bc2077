using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// A range test (Smith 2017): some steps with a learning rate that grows from one to the next, and the loss
/// at each. The trainer is left as it was: weights, optimiser, schedule and random numbers.
/// </summary>
public static class LearningRateFinder
{
    // Losses of single batches jump; this much of the last mean is kept.
    private const double Smoothing = 0.9;

    // Beyond this multiple of the best loss the rate is plainly too high.
    private const double Diverged = 4;

    // The first means are those of very few batches.
    private const int Warmup = 5;

    /// <summary>Runs the test.</summary>
    /// <param name="trainer">Model, optimiser, loss and clipping to test with.</param>
    /// <param name="train">Training samples, gone through as often as needed.</param>
    /// <param name="from">First learning rate, above 0.</param>
    /// <param name="to">Last learning rate, above the first.</param>
    /// <param name="steps">Most steps, at least 10; it ends earlier when the loss runs away.</param>
    /// <param name="cancellation">Stops between two batches; the trainer is restored then too.</param>
    /// <exception cref="InvalidInputException">
    /// A number is out of range, or the first loss is not finite.
    /// </exception>
    public static LearningRateCurve Run(
        Trainer trainer, DataLoader train, double from = 1e-6, double to = 1, int steps = 100,
        CancellationToken cancellation = default)
    {
        Throw.Unless(from > 0 && to > from && double.IsFinite(to) && steps >= 10, "learning-rate finder",
            $"{from} to {to} in {steps} steps", "a rising range above 0 and at least 10 steps",
            "correct the range");
        var (before, wasTraining) = (TrainerState.Capture(trainer), trainer.Model.IsTraining);
        try
        {
            return new LearningRateCurve(Points(trainer, train, from, to, steps, cancellation));
        }
        finally
        {
            TrainerState.Restore(trainer, before);
            trainer.Optimizer.ZeroGrad();
            trainer.Model.Train(wasTraining);
        }
    }

    private static List<LearningRatePoint> Points(
        Trainer trainer, DataLoader train, double from, double to, int steps, CancellationToken cancellation)
    {
        var points = new List<LearningRatePoint>(steps);
        var (sum, weight, best) = (0.0, 0.0, double.PositiveInfinity);
        using var tensors = new BatchTensors(trainer.Model);
        trainer.Model.Train();
        for (var epoch = 0; points.Count < steps; epoch++)
        {
            foreach (var batch in train.Epoch(epoch, cancellation))
            {
                var rate = from * Math.Pow(to / from, points.Count / (double)(steps - 1));
                trainer.Optimizer.LearningRate = rate;
                using var totals = new ClassificationTotals();
                trainer.Step(batch, tensors, totals);
                var loss = totals.Loss;
                if (!double.IsFinite(loss))
                    return points;
                sum = (Smoothing * sum) + ((1 - Smoothing) * loss);
                weight = (Smoothing * weight) + (1 - Smoothing);
                var mean = sum / weight;
                points.Add(new LearningRatePoint(rate, loss, mean));
                if (points.Count > Warmup)
                    best = Math.Min(best, mean);
                if (mean > Diverged * best || points.Count == steps)
                    return points;
            }
        }

        return points;
    }
}
