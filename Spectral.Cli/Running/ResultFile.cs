using System.Text.Json;
using System.Text.Json.Serialization;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>Writes <c>result.json</c>: the last row of the metrics, and what led to it.</summary>
internal static class ResultFile
{
    /// <summary>How the program writes JSON; a loss that is no number is written by name.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static void Write(
        string path, TrainOptions options, ComputeDevice device, Trainer trainer, LoaderStatistics loader)
    {
        var last = trainer.History[^1];
        AtomicFile.WriteText(path, JsonSerializer.Serialize(
            new
            {
                last.Epoch,
                last.TrainLoss,
                last.TrainAccuracy,
                last.TestLoss,
                last.TestAccuracy,
                last.Seconds,
                last.PeakDeviceBytes,
                last.AchievedCompression,
                last.TestTop5Accuracy,
                PeakMemory = trainer.PeakMemory is { } memory ? Roles(memory) : null,
                TotalSeconds = trainer.History.Sum(m => m.Seconds),
                LoaderWaitShare = loader.WaitShare,
                Device = device.Info.Id,
                DeviceName = device.Info.Name,
                options.Seed,
                Parameters = RunText.ParameterCount(trainer.Model),
                Options = new
                {
                    options.Data,
                    options.Model,
                    options.LimitTrain,
                    options.LimitTest,
                    Augment = SampleTransforms.NameOf(options.Augment),
                    Bands = options.Bands.Select(b => b.ToString()),
                    FftSize = options.FftSize.ToString().ToLowerInvariant(),
                    options.Epochs,
                    Batch = options.BatchSize,
                    Lr = options.LearningRate,
                    Optimizer = options.Optimizer.ToString().ToLowerInvariant(),
                    Schedule = options.Schedule.ToString(),
                    options.WeightDecay,
                    options.DecaysOnlyWeights,
                    options.LabelSmoothing,
                    options.ClipNorm,
                    options.ClipValue,
                    Precision = options.Precision == DType.Float64 ? "fp64" : "fp32",
                },
            },
            Json) + "\n");
    }

    /// <summary>Bytes by role, as an object.</summary>
    internal static object Roles(MemoryByRole memory) => new
    {
        memory.Parameters,
        memory.Gradients,
        memory.OptimizerState,
        memory.SavedActivations,
        memory.SavedSpectra,
        memory.Temporary,
    };
}
