using System.Globalization;

namespace Spectral.Cli;

/// <summary>The learning-rate schedules that can be named.</summary>
internal enum ScheduleKind
{
    Constant,
    Step,
    MultiStep,
    Exponential,
    Cosine,
    OneCycle,
    Plateau,
}

/// <summary>
/// A schedule as written on the command line: <c>name[:numbers]</c>; a value. The numbers are the name's own,
/// see <see cref="Help"/>.
/// </summary>
/// <param name="Kind">Which schedule.</param>
/// <param name="Factor">By what the rate is multiplied; 0 where the schedule has none.</param>
/// <param name="Epochs">Step length, milestones or patience; empty where the schedule has none.</param>
internal readonly record struct ScheduleSpec(ScheduleKind Kind, double Factor, IReadOnlyList<int> Epochs)
{
    internal const string Help =
        "constant | step:EPOCHS[:FACTOR] | multistep:E1,E2,…[:FACTOR] | exponential[:FACTOR] | cosine | "
        + "one-cycle | plateau[:PATIENCE[:FACTOR]]";

    private const string Option = "--schedule";

    internal static ScheduleSpec Constant { get; } = new(ScheduleKind.Constant, 0, []);

    /// <exception cref="UsageException">Not of the form.</exception>
    internal static ScheduleSpec Parse(string text)
    {
        var parts = text.Split(':');
        var kind = parts[0].ToLowerInvariant() switch
        {
            "constant" => ScheduleKind.Constant,
            "step" => ScheduleKind.Step,
            "multistep" => ScheduleKind.MultiStep,
            "exponential" => ScheduleKind.Exponential,
            "cosine" => ScheduleKind.Cosine,
            "one-cycle" => ScheduleKind.OneCycle,
            "plateau" => ScheduleKind.Plateau,
            _ => throw OptionText.Wrong(Option, text, Help),
        };
        var (most, least) = kind switch
        {
            ScheduleKind.Step or ScheduleKind.MultiStep => (3, 2),
            ScheduleKind.Exponential => (2, 1),
            ScheduleKind.Plateau => (3, 1),
            _ => (1, 1),
        };
        if (parts.Length < least || parts.Length > most)
            throw OptionText.Wrong(Option, text, Help);
        return kind switch
        {
            ScheduleKind.Step => new(kind, FactorOf(parts, 2, 0.1), [Epoch(parts[1])]),
            ScheduleKind.MultiStep => new(kind, FactorOf(parts, 2, 0.1),
                [.. OptionText.List(Option, parts[1]).Select(Epoch)]),
            ScheduleKind.Exponential => new(kind, FactorOf(parts, 1, 0.99), []),
            ScheduleKind.Plateau => new(kind, FactorOf(parts, 2, 0.5),
                [parts.Length > 1 ? Epoch(parts[1]) : 50]),
            _ => new(kind, 0, []),
        };
    }

    public bool Equals(ScheduleSpec other) => ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>As it is written on the command line, every number spelt out.</summary>
    public override string ToString()
    {
        var name = Kind == ScheduleKind.OneCycle ? "one-cycle" : Kind.ToString().ToLowerInvariant();
        var factor = Factor.ToString("R", CultureInfo.InvariantCulture);
        return Kind switch
        {
            ScheduleKind.Step or ScheduleKind.MultiStep or ScheduleKind.Plateau =>
                $"{name}:{string.Join(',', Epochs)}:{factor}",
            ScheduleKind.Exponential => $"{name}:{factor}",
            _ => name,
        };
    }

    private static int Epoch(string text) => OptionText.Whole(Option, text, 1);

    private static double FactorOf(string[] parts, int index, double otherwise) => index < parts.Length
        ? OptionText.Number(Option, parts[index], "a factor above 0, up to 1", v => v is > 0 and <= 1)
        : otherwise;
}
