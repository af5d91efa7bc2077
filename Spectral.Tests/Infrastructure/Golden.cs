using System.Text.Json;

namespace Spectral.Tests;

/// <summary>A dense array of a golden case, row-major.</summary>
public sealed record GoldenArray(int[] Shape, double[] Data)
{
    public int this[int axis] => Shape[axis];

    public float[] ToFloats() => [.. Data.Select(v => (float)v)];
}

/// <summary>One golden case: parameters, inputs and the outputs an independent program computed.</summary>
public sealed class GoldenCase
{
    private readonly JsonElement _json;
    private readonly Lazy<IReadOnlyDictionary<string, GoldenArray>> _inputs, _outputs;

    internal GoldenCase(JsonElement json)
    {
        _json = json;
        Name = json.GetProperty("name").GetString()!;
        _inputs = new(() => Arrays(json, "inputs"));
        _outputs = new(() => Arrays(json, "outputs"));
    }

    public string Name { get; }

    /// <summary>The arrays among the inputs; see <see cref="Raw"/> for anything else.</summary>
    public IReadOnlyDictionary<string, GoldenArray> Inputs => _inputs.Value;

    /// <summary>The arrays among the outputs; see <see cref="Raw"/> for anything else.</summary>
    public IReadOnlyDictionary<string, GoldenArray> Outputs => _outputs.Value;

    /// <summary>The case as it stands in the file.</summary>
    public JsonElement Raw => _json;

    public bool HasParam(string name) =>
        _json.TryGetProperty("params", out var all) && all.TryGetProperty(name, out _);

    public JsonElement Param(string name) => _json.GetProperty("params").GetProperty(name);

    public int Int(string name) => Param(name).GetInt32();

    public override string ToString() => Name;

    private static Dictionary<string, GoldenArray> Arrays(JsonElement json, string section)
    {
        var arrays = new Dictionary<string, GoldenArray>();
        if (!json.TryGetProperty(section, out var all))
            return arrays;
        foreach (var item in all.EnumerateObject())
            if (item.Value.ValueKind == JsonValueKind.Object
                && item.Value.TryGetProperty("data", out var data))
                arrays[item.Name] = new GoldenArray(
                    [.. item.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())],
                    [.. data.EnumerateArray().Select(e => e.GetDouble())]);
        return arrays;
    }
}

/// <summary>The golden files: a family of cases each, copied beside the tests.</summary>
public static class Golden
{
    private static readonly Dictionary<string, IReadOnlyList<GoldenCase>> Loaded = [];

    /// <summary>The cases of <c>Golden/{family}.json</c>.</summary>
    public static IReadOnlyList<GoldenCase> Cases(string family)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(family, out var cases))
                Loaded[family] = cases = Read(family);
            return cases;
        }
    }

    /// <summary>Names of the cases of a family that start with a prefix, for test case sources.</summary>
    public static IEnumerable<string> Names(string family, string prefix = "") =>
        Cases(family).Select(c => c.Name).Where(n => n.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>One case by its name.</summary>
    public static GoldenCase Case(string family, string name) => Cases(family).Single(c => c.Name == name);

    private static GoldenCase[] Read(string family)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", family + ".json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. document.RootElement.GetProperty("cases").EnumerateArray()
                .Select(e => new GoldenCase(e.Clone())),
        ];
    }
}
