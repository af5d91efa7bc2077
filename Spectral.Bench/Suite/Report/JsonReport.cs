using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spectral.Bench;

/// <summary>Writes the results as JSON, every number in full and times in seconds.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The whole report.</summary>
    internal static string Write(RunHeader header, IReadOnlyList<Result> results)
    {
        var facts = new JsonObject();
        foreach (var (name, fact) in header.Facts)
            facts[name] = fact;
        return new JsonObject
        {
            ["facts"] = facts,
            ["results"] = new JsonArray([.. results.Select(Line)]),
            ["averages"] = new JsonArray([.. results.GroupBy(r => r.Block).SelectMany(
                block => BlockAverage.Of(block).Select(a => (JsonNode)new JsonObject
                {
                    ["block"] = block.Key,
                    ["target"] = a.Target.Group,
                    ["geometricMean"] = a.Mean,
                    ["rows"] = a.Rows,
                    ["belowMust"] = a.Below,
                }))]),
        }.ToJsonString(Readable) + "\n";
    }

    private static JsonNode Line(Result r) => new JsonObject
    {
        ["block"] = r.Block,
        ["case"] = r.Case,
        ["pass"] = r.Pass,
        ["variant"] = r.Variant,
        ["ours"] = Times(r.Ours),
        ["floorSeconds"] = r.FloorSeconds,
        ["rival"] = r.Rival,
        ["theirs"] = r.Theirs is null ? null : Times(r.Theirs),
        ["missing"] = r.Missing,
        ["ratio"] = r.Ratio,
        ["cpuRatio"] = r.CpuRatio,
        ["target"] = r.Target is null
            ? null
            : new JsonArray(r.Target.Must, r.Target.Excellent, r.Target.Moonshot),
        ["reached"] = r.Reached,
    };

    private static JsonObject Times(Measured m) => new()
    {
        ["seconds"] = m.Time.Seconds,
        ["cpuSeconds"] = m.Time.CpuSeconds,
        ["samples"] = m.Samples,
        ["error"] = m.Error,
        ["kernels"] = new JsonArray([.. m.Kernels.Select(k => (JsonNode)new JsonObject
        {
            ["kernel"] = k.Kernel,
            ["launches"] = k.Launches,
            ["seconds"] = k.Milliseconds / 1e3,
        })]),
    };
}
