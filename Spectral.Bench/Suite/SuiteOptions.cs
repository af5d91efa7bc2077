using System.Text.RegularExpressions;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>What a run of the suite measures, and how carefully; a value.</summary>
/// <param name="Filters">
/// Regular expressions for "block case pass", whose contests run in their order; none for all.
/// </param>
/// <param name="Quick">Fewer shapes and repeats, for a first look.</param>
/// <param name="Rivals">Names of the rivals wanted; null for all.</param>
/// <param name="Out">Folder of bench.md and bench.json, or null.</param>
/// <param name="Scaling">Measure how the cost grows instead.</param>
/// <param name="Device">Device, or null for <c>SPECTRAL_DEVICE</c> and then the best one.</param>
/// <param name="Profile">Also measure one run of ours by kernel.</param>
internal sealed record SuiteOptions(
    IReadOnlyList<string>? Filters = null, bool Quick = false, IReadOnlyList<string>? Rivals = null, string? Out = null,
    bool Scaling = false, string? Device = null, bool Profile = false)
{
    /// <summary>Samples of each contender, of which the median counts.</summary>
    internal int Repeats => Quick ? 3 : 7;

    /// <summary>A sample is a run, or as many as this takes.</summary>
    internal double SampleSeconds => Quick ? 0.004 : 0.01;

    /// <summary>Reads a command line of <c>--name value</c> pairs and switches.</summary>
    /// <exception cref="InvalidInputException">A word that is no option, or an unknown rival.</exception>
    internal static SuiteOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SuiteOptions();
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--scaling" => options with { Scaling = true },
                "--profile" => options with { Profile = true },
                "--filter" => options with { Filters = [.. options.Filters ?? [], Expression(Value(args, ref i))] },
                "--rivals" => options with { Rivals = RivalSet.Read(Value(args, ref i)) },
                "--out" => options with { Out = Value(args, ref i) },
                "--device" => options with { Device = Value(args, ref i) },
                _ => throw new InvalidInputException(
                    "bench", $"'{args[i]}'", "--filter, --quick, --rivals, --out, --scaling, --profile, --device",
                    "give these options"),
            };
        }

        return options;
    }

    /// <summary>The contests that are asked for, in the order of the filters.</summary>
    internal IReadOnlyList<Contest> Choose(IEnumerable<Contest> contests) => Filters is null
        ? [.. contests]
        : [.. contests.Select(c => (Contest: c, Place: PlaceOf(c))).Where(c => c.Place >= 0).OrderBy(c => c.Place)
            .Select(c => c.Contest)];

    // The first filter that a contest passes, or -1.
    private int PlaceOf(Contest contest) => Filters!.ToList().FindIndex(filter => Regex.IsMatch(
        $"{contest.Block} {contest.Case} {contest.Pass}", filter, RegexOptions.IgnoreCase));

    private static string Expression(string text)
    {
        try
        {
            _ = Regex.Match("", text);
            return text;
        }
        catch (RegexParseException e)
        {
            throw new InvalidInputException(
                "--filter", $"'{text}' ({e.Message})", "a regular expression, such as a part of a name", "correct it");
        }
    }

    private static string Value(IReadOnlyList<string> args, ref int i)
    {
        Throw.Unless(i + 1 < args.Count, args[i], "nothing", "a value", "write it behind the option");
        return args[++i];
    }
}
