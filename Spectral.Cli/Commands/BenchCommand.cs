using System.CommandLine;

namespace Spectral.Cli;

/// <summary><c>spectral bench</c>: the fixed suite against its rivals.</summary>
internal sealed class BenchCommand : Command
{
    private readonly Option<string[]> _filter = new("--filter")
    {
        HelpName = "REGEX",
        Description = "Only contests whose block, case and pass match; several run in their order.",
    };

    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "Fewer shapes, medians of 3 instead of 7: a first look.",
    };

    private readonly Option<string?> _rivals = Text(
        "--rivals", "all|none|…", "Some of torch, original, fftw, openblas, mathnet, commas between. Default all.");

    private readonly Option<bool> _scaling = new("--scaling")
    {
        Description = "Instead: the cost of a layer as batch, length and channels grow (CSV and PNG).",
    };

    private readonly Option<bool> _profile = new("--profile")
    {
        Description = "Also one run of ours by kernel: time and launches.",
    };

    private readonly Option<string?> _out = Text(
        "--out", "DIR", "Folder for bench.md and bench.json, or for the figures. Default: print only.");

    private readonly Option<string?> _device = TrainArguments.DeviceOption();

    internal BenchCommand() : base(
        "bench",
        "Measure transforms, products, layers and training steps beside other libraries (from a checkout).")
    {
        foreach (var option in (Option[])[_filter, _quick, _rivals, _scaling, _profile, _out, _device])
            Add(option);
        SetAction(parsed => ExitCodes.Guard(() => BenchRun.Run(Read(parsed))));
    }

    /// <summary>The options as a command line for the suite.</summary>
    /// <exception cref="UsageException">One of them is wrong.</exception>
    internal IReadOnlyList<string> Read(ParseResult parsed)
    {
        List<string> words = [];
        foreach (var flag in (Option<bool>[])[_quick, _scaling, _profile])
            if (parsed.GetValue(flag))
                words.Add(flag.Name);
        foreach (var filter in parsed.GetValue(_filter) ?? [])
            words.AddRange([_filter.Name, filter]);
        foreach (var option in (Option<string?>[])[_rivals, _device])
            if (parsed.GetValue(option) is { } value)
                words.AddRange([option.Name, value]);
        if (parsed.GetValue(_out) is { } folder)
            words.AddRange([_out.Name, Path.GetFullPath(folder)]);
        else if (parsed.GetValue(_scaling))
            throw new UsageException("--out", "--scaling without it", "a folder for the figures", "name one");
        return words;
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };
}
