namespace Spectral.Nn;

/// <summary>
/// Multiplies the learning rate by a factor when the watched value has not fallen for a while, as PyTorch's
/// <c>ReduceLROnPlateau</c> in mode <c>min</c> with a relative threshold.
/// </summary>
/// <param name="optimizer">The optimiser.</param>
/// <param name="factor">Factor.</param>
/// <param name="patience">Epochs without improvement that are borne.</param>
/// <param name="threshold">Least relative improvement that counts.</param>
/// <param name="minLr">Lowest learning rate.</param>
/// <param name="eps">Least change of the learning rate that is made.</param>
public sealed class ReduceLrOnPlateau(
    Optimizer optimizer, double factor = 0.1, int patience = 10, double threshold = 1e-4, double minLr = 0,
    double eps = 1e-8)
    : LearningRateSchedule(optimizer)
{
    private double _best = double.MaxValue;
    private int _bad;

    /// <inheritdoc/>
    protected override double[] Memory
    {
        get => [_best, _bad];
        set => (_best, _bad) = value.Length == 2 ? (value[0], (int)value[1]) : (double.MaxValue, 0);
    }

    /// <inheritdoc/>
    protected override double RateAfter(int count, double metric)
    {
        var improved = metric < _best * (1 - threshold);
        _best = improved ? metric : _best;
        _bad = improved ? 0 : _bad + 1;
        if (_bad <= patience)
            return Optimizer.LearningRate;
        _bad = 0;
        var lower = Math.Max(Optimizer.LearningRate * factor, minLr);
        return Optimizer.LearningRate - lower > eps ? lower : Optimizer.LearningRate;
    }
}
