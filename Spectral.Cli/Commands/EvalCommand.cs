using System.CommandLine;

namespace Spectral.Cli;

/// <summary><c>spectral eval</c>: the accuracy of a trained model, at one or several rates.</summary>
internal sealed class EvalCommand : Command
{
    private readonly Option<string> _checkpoint = new("--checkpoint")
    {
        HelpName = "DIR",
        Required = true,
        Description = "The folder of a run that 'spectral train' made.",
    };

    private readonly Option<string> _data = new("--data")
    {
        HelpName = "D",
        Required = true,
        Description = "The data set, as for 'spectral train'; its test part is evaluated.",
    };

    private readonly Option<string?> _rate = new("--rate")
    {
        HelpName = "R[,R…]",
        Description = "Compression rates in percent, 0 to 100. Default: the bands of the training.",
    };

    private readonly Option<string?> _limitTest = TrainArguments.LimitTestOption();

    private readonly Option<string?> _device = TrainArguments.DeviceOption();

    private readonly Option<bool> _json = DevicesCommand.JsonOption();

    internal EvalCommand() : base("eval", "Evaluate a trained model, at one or several compression rates.")
    {
        Add(_checkpoint);
        Add(_data);
        Add(_rate);
        Add(_limitTest);
        Add(_device);
        Add(_json);
        SetAction(parsed => ExitCodes.Guard(() => EvalRun.Run(Read(parsed))));
    }

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="UsageException">One of them is wrong.</exception>
    internal EvalOptions Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_checkpoint),
        parsed.GetRequiredValue(_data),
        parsed.GetValue(_rate) is { } rates
            ? [.. OptionText.List("--rate", rates).Select(r => OptionText.Percent("--rate", r))]
            : [],
        parsed.GetValue(_device),
        parsed.GetValue(_json),
        OptionText.Limit("--limit-test", parsed.GetValue(_limitTest)));
}
