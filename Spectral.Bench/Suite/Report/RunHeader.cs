using System.Globalization;
using System.Runtime.InteropServices;

namespace Spectral.Bench;

/// <summary>On what and beside what a run was measured; printed on top of its tables.</summary>
/// <param name="Facts">Names and what is to be said of them, in order.</param>
internal sealed record RunHeader(List<(string Name, string Text)> Facts)
{
    internal static RunHeader Of(SuiteContext context, Ceilings ceilings)
    {
        List<(string, string)> facts =
        [
            ("started", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
            ("device", $"{context.Device.Info.Id}: {context.Device.Info.Name}"),
            ("machine", $"{CpuName()}, {Environment.ProcessorCount} logical cores, "
                + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}"),
            ("Spectral", typeof(Kernels.ComputeDevice).Assembly.GetName().Version?.ToString(3) ?? ""),
        ];
        foreach (var (name, state) in context.Rivals.States)
            facts.Add(($"rival {name}", state));
        facts.Add(("ceilings", string.Create(
            CultureInfo.InvariantCulture,
            $"{ceilings.BytesPerSecond / 1e9:F1} GB/s triad, {ceilings.FlopsPerSecond / 1e9:F0} GFLOP/s of "
                + $"multiply-adds in float, measured through our own kernels")));
        facts.Add(("samples", string.Create(
            CultureInfo.InvariantCulture,
            $"medians of {context.Options.Repeats}, taken in rounds; a rival slower than {Referee.SlowSeconds} s "
                + $"a run has 3, slower than {Referee.VerySlowSeconds} s one; "
                + $"training steps six times as many, scaling three times")));
        facts.Add(("load at start", LoadAverage()));
        return new RunHeader(facts);
    }

    /// <summary>
    /// Processes that wanted to run over the last 1, 5 and 15 minutes: on a quiet machine, only ours.
    /// </summary>
    internal static string LoadAverage() => File.Exists("/proc/loadavg")
        ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3])
        : "not known on this system";

    private static string CpuName()
    {
        var line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
