using System.CommandLine;

namespace Spectral.Cli;

/// <summary><c>spectral summary</c>: what a model does to one batch, layer by layer.</summary>
internal sealed class SummaryCommand : Command
{
    private readonly Option<string> _model = new("--model")
    {
        HelpName = "M",
        Required = true,
        Description = "The network, as for 'spectral train'.",
    };

    private readonly Option<string?> _data = Text("--data", "D",
        "A data set, as for 'spectral train', that gives the shape of a sample and the number of classes.");

    private readonly Option<string?> _input = Text("--input", "C,H,W",
        "Instead of data: the shape of a sample, C,H,W of an image or C,L of a series.");

    private readonly Option<string?> _classes = Text("--classes", "N",
        "With --input: number of classes. Default 10.");

    private readonly Option<string?> _batch = Text("--batch", "N", "Samples in the pass. Default 1.");

    private readonly Option<string?> _rate = Text("--rate", "R", "Compression rate in percent. Default 0.");

    private readonly Option<string?> _energy = Text("--energy", "E", "Instead: percent of the energy kept.");

    private readonly Option<string?> _rates = Text("--rates", "r1,r2,…",
        "Instead: a rate for each band-limited layer, in order.");

    private readonly Option<string?> _fftSize = Text("--fft-size", "minimal|compat",
        "FFT lengths, as for 'spectral train'. Default minimal.");

    private readonly Option<string?> _device = TrainArguments.DeviceOption();

    private readonly Option<bool> _profile = new("--profile")
    {
        Description = "Train some steps on random data and show the time by kernel.",
    };

    private readonly Option<bool> _json = DevicesCommand.JsonOption();

    internal SummaryCommand() : base(
        "summary",
        "Show a model layer by layer: shapes, parameters, multiply-adds, kept band, memory of the backward pass.")
    {
        Option[] options =
            [_model, _data, _input, _classes, _batch, _rate, _energy, _rates, _fftSize, _device, _profile, _json];
        foreach (var option in options)
            Add(option);
        SetAction(parsed => ExitCodes.Guard(() => SummaryRun.Run(Read(parsed))));
    }

    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="UsageException">One of them is wrong.</exception>
    internal SummaryOptions Read(ParseResult parsed)
    {
        var (data, input, classes) =
            (parsed.GetValue(_data), parsed.GetValue(_input), parsed.GetValue(_classes));
        if (data is null == input is null)
            throw new UsageException(
                data is null ? "--input" : "--data", data is null ? "neither --data nor --input" : "both",
                "--data or --input", "give one of them");
        if (classes is not null && input is null)
            throw new UsageException("--classes", $"'{classes}' with --data", "it with --input", "leave it out");
        return new SummaryOptions(
            TrainArguments.CheckModel(parsed.GetRequiredValue(_model)),
            data,
            input is null ? [] : Shape(input),
            OptionText.Whole("--classes", classes ?? "10", 2),
            OptionText.Whole("--batch", parsed.GetValue(_batch) ?? "1", 1),
            BandOptions.Read(parsed.GetValue(_rate), parsed.GetValue(_energy), parsed.GetValue(_rates)),
            TrainArguments.FftSizeOf(parsed.GetValue(_fftSize) ?? "minimal"),
            parsed.GetValue(_device),
            parsed.GetValue(_profile),
            parsed.GetValue(_json));
    }

    private static int[] Shape(string text)
    {
        int[] shape = [.. OptionText.List("--input", text).Select(part => OptionText.Whole("--input", part, 1))];
        return shape.Length is 2 or 3 ? shape : throw OptionText.Wrong("--input", text, "C,H,W or C,L");
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };
}
