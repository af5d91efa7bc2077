using System.CommandLine;

namespace Spectral.Cli;

/// <summary>The command <c>spectral</c>: parses, reports what is wrong, runs.</summary>
internal static class CommandLine
{
    internal static int Run(string[] args)
    {
        var parsed = Build().Parse(args);
        return parsed.Errors.Count > 0
            ? ExitCodes.WrongUsage(parsed)
            : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Parses and checks every option as <see cref="Run"/> would, and runs nothing.</summary>
    /// <returns>The command's options, or null for a command that has none to check.</returns>
    /// <exception cref="UsageException">The line is no use of the command.</exception>
    internal static object? Check(string[] args)
    {
        var parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
            throw new UsageException("spectral", ExitCodes.FirstError(parsed), "see --help", "correct it");
        return parsed.CommandResult.Command switch
        {
            TrainCommand train => train.Read(parsed),
            EvalCommand eval => eval.Read(parsed),
            SummaryCommand summary => summary.Read(parsed),
            BenchCommand bench => bench.Read(parsed),
            _ => null,
        };
    }

    private static RootCommand Build() => new(
        "Trains and evaluates band-limited convolutional networks, on CUDA, OpenCL or the CPU.")
    {
        new DevicesCommand(),
        new TrainCommand(),
        new EvalCommand(),
        new SummaryCommand(),
        new BenchCommand(),
    };
}
