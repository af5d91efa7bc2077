using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Multiplies the learning rate by <paramref name="gamma"/> every <paramref name="stepSize"/> epochs.</summary>
/// <param name="optimizer">The optimiser.</param>
/// <param name="stepSize">Epochs between two drops, at least 1.</param>
/// <param name="gamma">Factor.</param>
public sealed class StepLr(Optimizer optimizer, int stepSize, double gamma = 0.1) : LearningRateSchedule(optimizer)
{
    private readonly int _stepSize = Check(stepSize);

    /// <inheritdoc/>
    protected override double RateAfter(int count, double metric) => BaseRate * Math.Pow(gamma, count / _stepSize);

    private static int Check(int stepSize)
    {
        Throw.Unless(stepSize >= 1, nameof(StepLr), $"a step of {stepSize}", "at least 1", "correct it");
        return stepSize;
    }
}

/// <summary>Multiplies the learning rate by <paramref name="gamma"/> at each milestone.</summary>
/// <param name="optimizer">The optimiser.</param>
/// <param name="milestones">Epochs, in any order.</param>
/// <param name="gamma">Factor.</param>
public sealed class MultiStepLr(Optimizer optimizer, IReadOnlyList<int> milestones, double gamma = 0.1)
    : LearningRateSchedule(optimizer)
{
    /// <inheritdoc/>
    protected override double RateAfter(int count, double metric) =>
        BaseRate * Math.Pow(gamma, milestones.Count(m => m <= count));
}

/// <summary>Multiplies the learning rate by <paramref name="gamma"/> every epoch.</summary>
/// <param name="optimizer">The optimiser.</param>
/// <param name="gamma">Factor.</param>
public sealed class ExponentialLr(Optimizer optimizer, double gamma) : LearningRateSchedule(optimizer)
{
    /// <inheritdoc/>
    protected override double RateAfter(int count, double metric) => BaseRate * Math.Pow(gamma, count);
}
