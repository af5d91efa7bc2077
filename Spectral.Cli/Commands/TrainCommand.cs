using System.CommandLine;

namespace Spectral.Cli;

/// <summary><c>spectral train</c>: trains a network and keeps the run in a folder.</summary>
internal sealed class TrainCommand : Command
{
    private readonly TrainArguments _arguments = new();

    internal TrainCommand() : base("train", "Train a network on a data set and keep the run in a folder.")
    {
        foreach (var option in _arguments.All)
            Add(option);
        SetAction(parsed => ExitCodes.Guard(() => TrainRun.Run(Read(parsed))));
    }

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="UsageException">One of them is wrong.</exception>
    internal TrainOptions Read(ParseResult parsed) => _arguments.Read(parsed);
}
