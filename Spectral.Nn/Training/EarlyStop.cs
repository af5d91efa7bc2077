namespace Spectral.Nn;

/// <summary>Ends a run when the training loss has not improved for a number of epochs.</summary>
/// <param name="patience">Epochs without improvement that are borne, at least 1.</param>
/// <param name="minDelta">Least improvement that counts.</param>
public sealed class EarlyStop(int patience, double minDelta = 0) : ITrainerCallback
{
    private double _best = double.PositiveInfinity;
    private int _waited;

    /// <inheritdoc/>
    public void OnStart(Trainer trainer, IReadOnlyList<EpochMetrics> history)
    {
        (_best, _waited) = (double.PositiveInfinity, 0);
        foreach (var metrics in history)
            Note(metrics);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(Trainer trainer, EpochMetrics metrics)
    {
        Note(metrics);
        if (_waited >= patience)
            trainer.Stop();
    }

    private void Note(EpochMetrics metrics)
    {
        var improved = metrics.TrainLoss < _best - minDelta;
        _waited = improved ? 0 : _waited + 1;
        _best = improved ? metrics.TrainLoss : _best;
    }
}
