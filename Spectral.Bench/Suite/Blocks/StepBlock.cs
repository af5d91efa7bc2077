using System.Globalization;
using System.Text.Json.Nodes;

namespace Spectral.Bench;

/// <summary>
/// Whole training steps, forward, loss, backward and optimiser, on random data: the series network and the
/// residual network at several rates against the same networks with direct convolutions. On CUDA both once launch
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
        bool[] ways = context.IsGpu ? [false, true] : [false];
        bool[] precisions = context.IsGpu ? [false, true] : [false];
        foreach (var replay in ways)
        {
            foreach (var rate in Rates)
                contest.Add(
                    NameOf(rate, replay),
                    () =>
                    {
                        var step = new StepOperands(context.Device, model, input, classes, rate);
                        return context.Ours(step.Run, step.Error, replay ? 1 : 0, step);
                    },
                    default);
            foreach (var tf32 in precisions)
            {
                var rival = $"PyTorch, direct{(tf32 ? ", TF32" : "")}{(replay ? ", replayed" : "")}";
                var direct = new RivalEntry(RivalSet.Torch, rival, () => new TorchContender(
                    context.Rivals.TorchProcess!, Request(model, input, classes, tf32, replay)));
                foreach (var rate in Rates)
                    contest.Pair(NameOf(rate, replay), direct, rate == 50 && !tf32 ? Targets.Step : null);
            }
        }

        return contest;
    }

    private static string NameOf(int rate, bool replay) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 - rate} % kept{(replay ? ", replayed" : "")}");

    private static JsonObject Request(string model, int[] input, int classes, bool tf32, bool replay) => new()
    {
        ["kind"] = "step",
        ["model"] = model,
        ["input"] = new JsonArray([.. input.Select(n => (JsonNode)n)]),
        ["classes"] = classes,
        ["tf32"] = tf32,
        ["graph_runs"] = replay ? 1 : 0,
    };
}
