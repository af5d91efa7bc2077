using System.Globalization;
using Spectral.Autograd;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>Optimiser and schedule from the options.</summary>
internal static class Recipe
{
    private const double SgdMomentum = 0.9;

    internal static Optimizer OptimizerOf(TrainOptions options, Module model) => options.Optimizer switch
    {
        OptimizerKind.Sgd => new Sgd(
            model.Parameters(), options.LearningRate, SgdMomentum, weightDecay: options.WeightDecay)
        {
            DecaysOnlyWeights = options.DecaysOnlyWeights,
        },
        OptimizerKind.AdamW => new AdamW(
            model.Parameters(), options.LearningRate, weightDecay: options.WeightDecay)
        {
            DecaysOnlyWeights = options.DecaysOnlyWeights,
        },
        _ => new Adam(model.Parameters(), options.LearningRate, weightDecay: options.WeightDecay)
        {
            DecaysOnlyWeights = options.DecaysOnlyWeights,
        },
    };

    internal static ClassificationLoss LossOf(TrainOptions options) =>
        (logits, target) => Ops.CrossEntropy(logits, target, labelSmoothing: options.LabelSmoothing);

    internal static LearningRateSchedule? ScheduleOf(TrainOptions options, Optimizer optimizer, int batches)
    {
        var (kind, factor, epochs) = options.Schedule;
        return kind switch
        {
            ScheduleKind.Step => new StepLr(optimizer, epochs[0], factor),
            ScheduleKind.MultiStep => new MultiStepLr(optimizer, epochs, factor),
            ScheduleKind.Exponential => new ExponentialLr(optimizer, factor),
            ScheduleKind.Cosine => new CosineAnnealingLr(optimizer, options.Epochs),
            ScheduleKind.OneCycle => new OneCycleLr(
                optimizer, options.LearningRate, Math.Max(2, options.Epochs * batches)),
            ScheduleKind.Plateau => new ReduceLrOnPlateau(optimizer, factor, epochs[0]),
            _ => null,
        };
    }

    /// <summary>
    /// Everything on which the weights depend, so that a checkpoint is never gone on from with other options.
    /// The device is left out: a run may move to another, and more epochs may be asked for where the schedule
    /// does not depend on their number.
    /// </summary>
    internal static string Fingerprint(TrainOptions options, DataSplit data)
    {
        var wholeRun = options.Schedule.Kind is ScheduleKind.Cosine or ScheduleKind.OneCycle;
        var shape = string.Join('x', data.Train.SampleShape);
        return string.Create(CultureInfo.InvariantCulture,
            $"{data.Name} ({data.Train.Count} of {shape}{Images(options, data)}), {options.Model}, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{string.Join('/', options.Bands)}, {options.FftSize}, batch {options.BatchSize}, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"lr {options.LearningRate:R}, {options.Optimizer}, {options.Schedule}, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"weight decay {options.WeightDecay:R}, {options.Precision}, seed {options.Seed}")
            + Extras(options)
            + (wholeRun ? $", {options.Epochs} epochs" : "");
    }

    // What is not asked for is not named, so that older checkpoints still fit.
    private static string Extras(TrainOptions options) =>
        (options.DecaysOnlyWeights ? ", no decay of biases" : "")
        + (options.LabelSmoothing > 0 ? Text($", label smoothing {options.LabelSmoothing:R}") : "")
        + (options.ClipNorm is { } norm ? Text($", clipped to norm {norm:R}") : "")
        + (options.ClipValue is { } value ? Text($", clipped to {value:R}") : "");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Images(TrainOptions options, DataSplit data) => data.Normalization is { } constants
        ? $", {constants}, augmented: {SampleTransforms.Resolve(options.Augment, data)}"
        : "";
}
