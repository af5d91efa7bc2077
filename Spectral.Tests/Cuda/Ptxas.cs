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
    public static string? Find() => Find("ptxas", Environment.GetEnvironmentVariable("SPECTRAL_PTXAS"));

    /// <summary>The disassembler: beside the assembler, else where that would be looked for.</summary>
    public static string? FindDisassembler() =>
        Find(
            "nvdisasm", Find() is { } ptxas ? Path.Combine(Path.GetDirectoryName(ptxas)!, "nvdisasm") : null);

    private static string? Find(string tool, string? first)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/tmp", ".cache");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string?[] candidates =
        [
            first,
            .. folders.Select(f => Path.Combine(f, tool)),
            Path.Combine(cache, "spectral", "cuda", tool),
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
            return Parse(Run(ptxas, "-v", "--gpu-name", architecture, file, "-o", "/dev/null"));
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException(e.Message.Replace(file, "kernel", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Assembles the kernels of a <see cref="CudaKernels.Module"/> to a file, in one go.</summary>
    public static PtxasUse[] AssembleModule(
        string ptxas, string architecture, IReadOnlyList<CudaKernels.Compiled> kernels, string cubin)
    {
        var source = cubin + ".ptx";
        File.WriteAllText(source, CudaKernels.Module(kernels));
        var said = Run(ptxas, "-v", "--gpu-name", architecture, source, "-o", cubin);
        var uses = new PtxasUse[kernels.Count];
        foreach (var about in said.Split("Compiling entry function 'k_").Skip(1))
            uses[int.Parse(about[..about.IndexOf('\'')], CultureInfo.InvariantCulture)] = Parse(about);
        return uses;
    }

    /// <summary>Which release an assembler or disassembler is of: <c>11.8</c>.</summary>
    public static string ReleaseOf(string tool) => Release().Match(Run(tool, "--version")).Groups[1].Value;

    /// <summary>
    /// Runs a tool to its end and returns all that it wrote; throws with that where it fails.
    /// </summary>
    public static string Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException(said);
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

    [GeneratedRegex(@"release (\d+\.\d+)")]
    private static partial Regex Release();

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();
}
