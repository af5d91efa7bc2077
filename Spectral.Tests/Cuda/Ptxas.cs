using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Spectral.Tests;

/// <summary>What the assembler says of one kernel.</summary>
/// <param name="Registers">Registers of a thread.</param>
/// <param name="SharedBytes">Static shared memory of a group.</param>
/// <param name="LocalBytes">Stack frame of a thread, over all functions of the module.</param>
/// <param name="SpillBytes">Spilled stores and loads.</param>
internal readonly record struct PtxasUse(int Registers, int SharedBytes, int LocalBytes, int SpillBytes);

/// <summary>NVIDIA's assembler: turns PTX into machine code without a GPU.</summary>
internal static partial class Ptxas
{
    /// <summary>
    /// <c>SPECTRAL_PTXAS</c>, else the one on the PATH, else the one that <c>eng/fetch-ptxas.sh</c> cached.
    /// </summary>
    public static string? Find()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/tmp", ".cache");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("SPECTRAL_PTXAS"),
            .. folders.Select(f => Path.Combine(f, "ptxas")),
            Path.Combine(cache, "spectral", "cuda", "ptxas"),
        ];
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <summary>Assembles one module; throws with the assembler's words when it refuses.</summary>
    public static PtxasUse Assemble(string ptxas, string architecture, string ptx)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, ptx);
            using var process = Process.Start(new ProcessStartInfo(
                ptxas, ["-v", "--gpu-name", architecture, file, "-o", "/dev/null"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var said = process.StandardError.ReadToEnd() + output.Result;
            process.WaitForExit();
            return process.ExitCode == 0
                ? Parse(said)
                : throw new InvalidOperationException(said.Replace(file, "kernel", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Reads the report that <c>-v</c> prints.</summary>
    public static PtxasUse Parse(string said)
    {
        var frames = Frame().Matches(said);
        return new PtxasUse(
            Number(Registers().Match(said)),
            Number(Shared().Match(said)),
            frames.Sum(m => Number(m)),
            frames.Sum(m => Number(m, 2) + Number(m, 3)));
    }

    private static int Number(Match match, int group = 1) =>
        match.Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads")]
    private static partial Regex Frame();

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();
}
