using System.Diagnostics;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Trains a classifier: epochs of batches, a test after each, a checkpoint after that. A run that is killed
/// goes on from its last checkpoint and ends with the same bits as one that was not, because order,
/// transforms and dropout are functions of seed and epoch, and every sum has a fixed order.
/// </summary>
/// <param name="model">The model; its parameters are updated in place.</param>
/// <param name="optimizer">The optimiser of its parameters.</param>
public sealed class Trainer(Module model, Optimizer optimizer)
{
    private readonly List<EpochMetrics> _history = [];
    private bool _stopped;

    /// <summary>The model.</summary>
    public Module Model { get; } = model;

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; } = optimizer;

    /// <summary>The loss; cross-entropy unless set.</summary>
    public ClassificationLoss Loss { get; init; } =
        (logits, target) => Ops.CrossEntropy(logits, target);

    /// <summary>The loss that tests report; null takes <see cref="Loss"/>.</summary>
    public ClassificationLoss? TestLoss { get; init; }

    /// <summary>Changes the learning rate; null keeps it.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>Largest norm of all gradients together, see <see cref="GradientClip"/>; null for any.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Largest element of a gradient; null for any.</summary>
    public double? ClipValue { get; init; }

    /// <summary>Where the state is kept after each epoch; null keeps none.</summary>
    public CheckpointFolder? Checkpoint { get; init; }

    /// <summary>Options of the run that a checkpoint must have been made with to be resumed, as text.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Random numbers of the model's own (dropout), saved with the checkpoint.</summary>
    public Generator Generator { get; init; } = Generator.Default;

    /// <summary>
    /// Epochs from one test to the next, at least 1; the last epoch is always tested. Others have NaN for
    /// test loss and accuracy.
    /// </summary>
    public int TestEvery { get; init; } = 1;

    /// <summary>What watches the run.</summary>
    public IList<ITrainerCallback> Callbacks { get; } = [];

    /// <summary>The epochs done, those before a resume included.</summary>
    public IReadOnlyList<EpochMetrics> History => _history;

    /// <summary>Device memory at the peak of the last epoch's training part, by role; null before.</summary>
    public MemoryByRole? PeakMemory { get; private set; }

    /// <summary>Ends the run after the current epoch.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Trains up to an epoch.</summary>
    /// <param name="train">Training samples.</param>
    /// <param name="test">Test samples.</param>
    /// <param name="epochs">Epochs in all, those before a resume included; at least 1.</param>
    /// <param name="resume">Go on from the checkpoint, if there is one.</param>
    /// <param name="cancellation">
    /// Stops between two batches; the checkpoint of the last whole epoch stays.
    /// </param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidInputException">The loss is no longer a finite number.</exception>
    /// <exception cref="DataFormatException">The checkpoint is damaged or of another run.</exception>
    public void Fit(
        DataLoader train, DataLoader test, int epochs, bool resume = false,
        CancellationToken cancellation = default)
    {
        Throw.Unless(epochs >= 1 && TestEvery >= 1, "train", $"{epochs} epochs, tested every {TestEvery}",
            "at least 1", "ask for more");
        _stopped = false;
        if (resume && Checkpoint is { Exists: true })
            TrainerState.Load(this);
        foreach (var callback in Callbacks)
            callback.OnStart(this, _history);

        for (var epoch = _history.Count + 1; epoch <= epochs && !_stopped; epoch++)
        {
            var isTested = epoch % TestEvery == 0 || epoch == epochs;
            var metrics = RunEpoch(train, isTested ? test : null, epoch, cancellation);
            _history.Add(metrics);
            if (Schedule is { PerBatch: false })
                Schedule.Advance(metrics.TrainLoss);
            TrainerState.Save(this);
            foreach (var callback in Callbacks)
                callback.OnEpochEnd(this, metrics);
        }
    }

    private EpochMetrics RunEpoch(DataLoader train, DataLoader? test, int epoch, CancellationToken cancellation)
    {
        var pool = Model.Parameters().First().Device.Pool;
        pool.ResetPeak();
        var clock = Stopwatch.StartNew();
        using var totals = new ClassificationTotals();
        using var tensors = new BatchTensors(Model);
        var done = 0;
        Model.Train();
        foreach (var batch in train.Epoch(epoch, cancellation))
        {
            Step(batch, tensors, totals);
            if (Schedule is { PerBatch: true })
                Schedule.Advance();
            CheckFinite(totals.LossSoFar, epoch);
            done++;
            foreach (var callback in Callbacks)
                callback.OnBatchEnd(this, epoch, done, train.BatchCount);
        }

        CheckFinite(totals.Loss, epoch);
        var seconds = clock.Elapsed.TotalSeconds;
        var peak = pool.Statistics.PeakBytesInUse;
        PeakMemory = pool.PeakByRole;
        var compression = BandLimits.AchievedCompression(Model);
        var tested = test is null
            ? new Evaluation(double.NaN, double.NaN, 0)
            : Evaluation.Of(Model, TestLoss ?? Loss, test, cancellation);
        return new EpochMetrics(
            epoch, totals.Loss, totals.Accuracy, tested.Loss, tested.Accuracy, seconds, peak, compression,
            tested.Top5Accuracy);
    }

    internal void TakeHistory(IEnumerable<EpochMetrics> epochs)
    {
        _history.Clear();
        _history.AddRange(epochs);
    }

    private static void CheckFinite(double loss, int epoch) => Throw.Unless(
        double.IsFinite(loss), "train", $"a loss of {loss} in epoch {epoch}", "a finite loss",
        "lower the learning rate, clip the gradients, or look for NaN in the data");

    /// <summary>One step of the optimiser; nothing in it waits for the device.</summary>
    internal void Step(Batch batch, BatchTensors tensors, ClassificationTotals totals)
    {
        using var scope = new TensorScope();
        var (x, target) = tensors.Of(batch);
        Optimizer.ZeroGrad();
        var logits = Model.Forward(x);
        var loss = Loss(logits, target);
        loss.Backward();
        if (ClipValue is { } value)
            GradientClip.ByValue(Optimizer.Parameters, value);
        if (ClipNorm is { } norm)
            GradientClip.ByNorm(Optimizer.Parameters, norm);
        Optimizer.Step();
        totals.Add(loss, logits, target);
    }
}
