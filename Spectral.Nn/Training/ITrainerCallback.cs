namespace Spectral.Nn;

/// <summary>Something that watches a training run, and may end it.</summary>
public interface ITrainerCallback
{
    /// <summary>Called before the first epoch, with the rows of the epochs already behind a resumed run.</summary>
    void OnStart(Trainer trainer, IReadOnlyList<EpochMetrics> history)
    {
    }

    /// <summary>Called after each batch.</summary>
    /// <param name="trainer">The run.</param>
    /// <param name="epoch">Number of the epoch, from 1.</param>
    /// <param name="batch">Batches done in it.</param>
    /// <param name="batches">Batches in an epoch.</param>
    void OnBatchEnd(Trainer trainer, int epoch, int batch, int batches)
    {
    }

    /// <summary>Called after each epoch, once its checkpoint is on disk.</summary>
    void OnEpochEnd(Trainer trainer, EpochMetrics metrics)
    {
    }
}
