using System.Diagnostics;

namespace Spectral.Cli;

/// <summary>
/// Carries out <c>spectral bench</c>: the suite is a program of its own, Spectral.Bench, with rivals'
/// packages that nobody needs who trains. It is built on first use.
/// </summary>
internal static class BenchRun
{
    private const string Project = "Spectral.Bench/Spectral.Bench.csproj";

    internal static int Run(IReadOnlyList<string> words)
    {
        var project = FindProject() ?? throw new UsageException(
            "bench", $"no {Project} above {AppContext.BaseDirectory}", "a checkout of Spectral",
            "run ./spectral from one");
        Console.Error.WriteLine("spectral: building the benchmarks where they changed…");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["run", "-c", "Release", "--project", project, "-v", "quiet", "--", "suite", .. words]))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string? FindProject()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        for (; folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, Project) is var path && File.Exists(path))
                return path;
        return null;
    }
}
