using System.CommandLine;
using Spectral.Kernels;

namespace Spectral.Cli;

/// <summary>Exit codes, and the one sentence on standard error that goes with a failure.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int Usage = 2;

    /// <summary>Runs a command; an error becomes a sentence and an exit code.</summary>
    internal static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"spectral: {Sentence(e)}");
            return e is UsageException or DeviceNotFoundException ? Usage : Failed;
        }
    }

    /// <summary>Reports the first thing that the parser did not understand.</summary>
    internal static int WrongUsage(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "spectral" : $"spectral {command.Name}";
        Console.Error.WriteLine($"spectral: {FirstError(parsed)} · see '{name} --help'");
        return Usage;
    }

    /// <summary>The first complaint; a misspelt word comes before what is missing because of it.</summary>
    internal static string FirstError(ParseResult parsed)
    {
        var word = parsed.UnmatchedTokens.FirstOrDefault();
        var error = parsed.Errors.FirstOrDefault(e => word is not null && e.Message.Contains(word));
        return (error ?? parsed.Errors[0]).Message.TrimEnd('.');
    }

    private static string Sentence(Exception e) => e switch
    {
        SpectralException or InterruptedException => e.Message,
        IOException or UnauthorizedAccessException => $"[file] {e.Message}",
        _ => Environment.GetEnvironmentVariable("SPECTRAL_TRACE") == "1"
            ? e.ToString()
            : $"[internal] {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} · no such error should "
                + "occur · set SPECTRAL_TRACE=1 to see where it came from, and report it",
    };
}
