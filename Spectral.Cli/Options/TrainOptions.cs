using Spectral.Kernels;

namespace Spectral.Cli;

/// <summary>The optimisers that can be named.</summary>
internal enum OptimizerKind
{
    Sgd,
    Adam,
    AdamW,
}

/// <summary>What <c>spectral train</c> was asked to do, checked; a value.</summary>
/// <param name="Data">Built-in name or path.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Bands">One band for all layers, or one for each band-limited layer.</param>
/// <param name="FftSize">How FFT lengths are chosen.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Steps">Steps in all, instead of epochs, or null.</param>
/// <param name="TestEvery">Epochs from one test to the next.</param>
/// <param name="BatchSize">Samples in a step.</param>
/// <param name="LearningRate">Learning rate at the start.</param>
/// <param name="Optimizer">Which optimiser.</param>
/// <param name="Schedule">How the learning rate changes.</param>
/// <param name="WeightDecay">Weight decay.</param>
/// <param name="Precision">Element type of parameters and arithmetic.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Device">Device, or null for <c>SPECTRAL_DEVICE</c> and then the best one.</param>
/// <param name="Out">Folder of the run.</param>
/// <param name="Resume">Go on from the folder's checkpoint, if it has one.</param>
internal sealed record TrainOptions(
    string Data, string Model, IReadOnlyList<Band> Bands, FftSizePolicy FftSize, int Epochs, int? Steps,
    int TestEvery, int BatchSize, double LearningRate, OptimizerKind Optimizer, ScheduleSpec Schedule,
    double WeightDecay, DType Precision, ulong Seed, string? Device, string Out, bool Resume)
{
    /// <summary>Training samples at most, or null for all.</summary>
    internal int? LimitTrain { get; init; }

    /// <summary>Test samples at most, or null for all.</summary>
    internal int? LimitTest { get; init; }

    /// <summary>Share of the wanted probability that is spread over all classes.</summary>
    internal double LabelSmoothing { get; init; }

    /// <summary>Largest norm of all gradients together, or null for any.</summary>
    internal double? ClipNorm { get; init; }

    /// <summary>Largest element of a gradient, or null for any.</summary>
    internal double? ClipValue { get; init; }

    /// <summary>Weight decay leaves out biases and batch norms.</summary>
    internal bool DecaysOnlyWeights { get; init; }

    /// <summary>Look for a learning rate instead of training.</summary>
    internal bool FindLearningRate { get; init; }

    /// <summary>Random changes of training images.</summary>
    internal Augmentation Augment { get; init; }
}
