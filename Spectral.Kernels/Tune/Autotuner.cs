namespace Spectral.Kernels;

/// <summary>
/// Chooses by measuring, where <c>SPECTRAL_AUTOTUNE</c> asks for it: <c>1</c> keeps what was measured in the
/// user's data folder, any other text names the folder. Every right way of a piece of work is timed on first
/// use, the fastest is taken from then on, in later processes too. Without the variable nothing is measured
/// and nothing read, so that choices depend on shapes alone.
/// </summary>
internal static class Autotuner
{
    internal const string Variable = "SPECTRAL_AUTOTUNE";

    /// <summary>Whether anything is to be measured.</summary>
    internal static bool IsOn => Folder is not null;

    /// <summary>Folder of the files, or null when nothing is to be measured.</summary>
    internal static string? Folder => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "0" => null,
        "1" => Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "spectral"),
        var folder => Path.GetFullPath(folder),
    };

    /// <summary>
    /// Milliseconds of each way of a piece of work, known or measured now; null when nothing is to be measured.
    /// </summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="work">What it is: the family, the plan and the element type.</param>
    /// <param name="ways">The ways by name; each may be run any number of times.</param>
    internal static IReadOnlyDictionary<string, double>? Times(
        ComputeDevice device, string work, IEnumerable<(string Name, Action Run)> ways)
    {
        if (Folder is not { } folder)
            return null;
        var file = device.Resource(("tuning", folder), d => new TuningFile(folder, d));
        var list = ways.ToList();
        if (file.Find(work) is { } known && list.TrueForAll(way => known.ContainsKey(way.Name)))
            return known;
        var times = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var best = double.PositiveInfinity;
        foreach (var (name, run) in list)
            best = Math.Min(best, times[name] = Trial.Milliseconds(device, run, best));
        file.Add(work, times);
        return times;
    }
}
