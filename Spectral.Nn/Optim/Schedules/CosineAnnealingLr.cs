using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Lowers the learning rate along half a cosine (Loshchilov and Hutter 2017, without restarts), as PyTorch's
/// <c>CosineAnnealingLR</c>.
/// </summary>
public sealed class CosineAnnealingLr : LearningRateSchedule
{
    private readonly int _tMax;
    private readonly double _etaMin;

    /// <summary>Takes over the learning rate of an optimiser.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="tMax">Advances from the base rate to the lowest, at least 1.</param>
    /// <param name="etaMin">Lowest learning rate.</param>
    public CosineAnnealingLr(Optimizer optimizer, int tMax, double etaMin = 0)
        : base(optimizer)
    {
        Throw.Unless(tMax >= 1, nameof(CosineAnnealingLr), $"tMax {tMax}", "at least 1", "correct it");
        (_tMax, _etaMin) = (tMax, etaMin);
    }

    /// <inheritdoc/>
    protected override double RateAfter(int count, double metric) =>
        _etaMin + ((BaseRate - _etaMin) * (1 + Math.Cos(Math.PI * count / _tMax)) / 2);
}
