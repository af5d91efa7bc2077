using System.Text.Json;
using System.Text.Json.Serialization;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Everything from which a trainer goes on exactly: what it is made of, and its way to a checkpoint.</summary>
internal static class TrainerState
{
    private const string Key = "spectral.trainer";
    private const string ModelPrefix = "model.";
    private const string OptimizerPrefix = "optimizer.";

    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // epochs that were not tested
    };

    private sealed record Saved(
        string Fingerprint, List<EpochMetrics> History, long Steps, double LearningRate, string? Schedule,
        GeneratorState Generator);

    internal static void Save(Trainer trainer)
    {
        if (trainer.Checkpoint is not { } folder)
            return;
        var content = Capture(trainer);
        folder.Save(content.Tensors, content.Metadata);
    }

    /// <summary>Restores a trainer from its checkpoint.</summary>
    internal static void Load(Trainer trainer) => Restore(trainer, trainer.Checkpoint!.Load());

    /// <summary>The state as a checkpoint keeps it, on the host.</summary>
    internal static SafeTensorsContent Capture(Trainer trainer)
    {
        NamedArray[] arrays =
        [
            .. trainer.Model.StateDict().Select(s => TensorArrays.ToNamed(ModelPrefix + s.Key, s.Value)),
            .. trainer.Optimizer.State.Select(
                s => TensorArrays.ToNamed(OptimizerPrefix + s.Key, s.Value, s.Value.Length)),
        ];
        var saved = new Saved(
            trainer.Fingerprint, [.. trainer.History], trainer.Optimizer.StepCount, trainer.Optimizer.LearningRate,
            trainer.Schedule?.State, trainer.Generator.State);
        return new SafeTensorsContent(
            arrays, new Dictionary<string, string> { [Key] = JsonSerializer.Serialize(saved, Options) });
    }

    /// <summary>Takes a state back, with the epochs behind it.</summary>
    internal static void Restore(Trainer trainer, SafeTensorsContent content)
    {
        var saved = Parse(content.Metadata);
        if (saved.Fingerprint != trainer.Fingerprint)
            throw new DataFormatException(
                "resume", $"a checkpoint made with {saved.Fingerprint}", $"one made with {trainer.Fingerprint}",
                "resume with the same options, or choose another folder");

        ModelFile.Load(Under(content, ModelPrefix), trainer.Model, strict: true);
        var optimizer = Under(content, OptimizerPrefix).ToDictionary(a => a.Name);
        trainer.Optimizer.LoadState(saved.Steps, (name, target) =>
        {
            if (optimizer.TryGetValue(name, out var array))
                TensorArrays.CopyInto(array, target);
            return array is not null;
        });
        trainer.Optimizer.LearningRate = saved.LearningRate;
        if (trainer.Schedule is { } schedule && saved.Schedule is { } state)
            schedule.State = state;
        trainer.Generator.State = saved.Generator;
        trainer.TakeHistory(saved.History);
    }

    private static Saved Parse(IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return JsonSerializer.Deserialize<Saved>(metadata[Key], Options)!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw new DataFormatException(
                "resume", "a checkpoint without a trainer's state", "one that a trainer wrote",
                "start without resuming", e);
        }
    }

    private static IEnumerable<NamedArray> Under(SafeTensorsContent content, string prefix) =>
        content.Tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(t => new NamedArray(t.Name[prefix.Length..], t.DType, t.Shape, t.Data));
}
