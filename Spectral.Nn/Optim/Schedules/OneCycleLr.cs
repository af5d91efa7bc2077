using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Raises the learning rate along half a cosine, then lowers it far below its start (Smith and Topin 2018), as
/// PyTorch's <c>OneCycleLR</c> with cosine annealing. It is meant to advance after each batch.
/// </summary>
public sealed class OneCycleLr : LearningRateSchedule
{
    private readonly double _maxLr, _first, _last, _peakAt;
    private readonly int _totalSteps;

    /// <summary>Takes over the learning rate of an optimiser.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="maxLr">Highest learning rate.</param>
    /// <param name="totalSteps">Steps of the whole cycle, at least 2.</param>
    /// <param name="pctStart">Share of the steps in which the rate rises.</param>
    /// <param name="divFactor">The first rate is <paramref name="maxLr"/> divided by it.</param>
    /// <param name="finalDivFactor">The last rate is the first divided by it.</param>
    public OneCycleLr(
        Optimizer optimizer, double maxLr, int totalSteps, double pctStart = 0.3, double divFactor = 25,
        double finalDivFactor = 1e4)
        : base(optimizer)
    {
        Throw.Unless(totalSteps >= 2 && pctStart is >= 0 and <= 1, nameof(OneCycleLr),
            $"{totalSteps} steps, {pctStart} of them rising", "at least 2 steps, a share of 0 to 1", "correct them");
        (_maxLr, _first, _last) = (maxLr, maxLr / divFactor, maxLr / divFactor / finalDivFactor);
        (_totalSteps, _peakAt) = (totalSteps, (pctStart * totalSteps) - 1);
        PerBatch = true;
        Begin(RateAfter(0, double.NaN));
    }

    /// <inheritdoc/>
    protected override double RateAfter(int count, double metric)
    {
        if (count <= _peakAt)
            return Between(_first, _maxLr, count / _peakAt);
        var share = (count - _peakAt) / (_totalSteps - 1 - _peakAt);
        return Between(_maxLr, _last, Math.Min(1, share));
    }

    private static double Between(double from, double to, double share) =>
        to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));
}
