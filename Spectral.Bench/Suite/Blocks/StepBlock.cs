using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// Whole training steps, forward, loss, backward and optimiser, on random data: the series network and the
/// residual network at several rates against the same networks with direct convolutions. On CUDA once launch
/// by launch and once replayed from a graph.
/// </summary>
internal static class StepBlock
{
    internal const string Name = "Training steps";

    private static readonly int[] Rates = [0, 20, 50, 80];

    internal static IEnumerable<Contest> Contests(SuiteContext context)
    {
        yield return Of(context, "fcn", "FCN 128-256-128, batch 16, series of 150", [16, 1, 150], 2);
        var batch = context.Quick ? 8 : 32;
        yield return Of(
            context, "resnet18", $"ResNet-18, batch {batch}, images of 32×32", [batch, 3, 32, 32], 10);
    }

    /// <summary>A model of the zoo on an input of a given shape.</summary>
    internal static Contest Of(SuiteContext context, string model, string name, int[] input, int classes)
    {
        var contest = new Contest(Name, name, "step") { Rounds = 6 };
        bool[] precisions = context.IsGpu ? [false, true] : [false];
        foreach (var rate in Rates)
            contest.Add(
                NameOf(rate),
                () =>
                {
                    var step = new StepOperands(context.Device, model, input, classes, rate);
                    return new LocalContender(step.Run, context.Device.Synchronize, step.Error, step);
                },
                default);
        int[] replayed = context.IsGpu ? Rates : [];
        foreach (var rate in replayed)
            contest.Add(
                Replayed(rate),
                () =>
                {
                    var step = new StepOperands(context.Device, model, input, classes, rate);
                    var graph = LaunchGraph.Record(context.Device, step.Run);
                    return new LocalContender(
                        graph.Replay, context.Device.Synchronize, step.Error, graph, step);
                },
                default);
        foreach (var tf32 in precisions)
        {
            var direct = new RivalEntry(
                RivalSet.Torch, tf32 ? "PyTorch, direct, TF32" : "PyTorch, direct",
                () => new TorchContender(context.Rivals.TorchProcess!, Request(model, input, classes, tf32)));
            foreach (var rate in Rates)
                contest.Pair(NameOf(rate), direct, rate == 50 && !tf32 ? Targets.Step : null);
            foreach (var rate in replayed)
                contest.Pair(Replayed(rate), direct);
        }

        return contest;
    }

    private static string NameOf(int rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 - rate} % kept");

    private static string Replayed(int rate) => $"{NameOf(rate)}, replayed";

    private static JsonObject Request(string model, int[] input, int classes, bool tf32) => new()
    {
        ["kind"] = "step",
        ["model"] = model,
        ["input"] = new JsonArray([.. input.Select(n => (JsonNode)n)]),
        ["classes"] = classes,
        ["tf32"] = tf32,
    };
}
