namespace Spectral.Kernels;

/// <summary>One way of doing a family's work.</summary>
/// <typeparam name="TPlan">What the family plans with.</typeparam>
/// <typeparam name="TRun">What the face runs when this candidate is chosen.</typeparam>
/// <param name="Name">Stable name, by which options and <c>SPECTRAL_PLAN</c> force it.</param>
/// <param name="IsLegal">Whether it gives right results for a plan on a device.</param>
/// <param name="IsPreferred">Whether it is worth taking there when nothing is forced.</param>
/// <param name="Run">What it does.</param>
internal sealed record Candidate<TPlan, TRun>(
    string Name,
    Func<ComputeDevice, TPlan, bool> IsLegal,
    Func<ComputeDevice, TPlan, bool> IsPreferred,
    TRun Run)
{
    /// <summary>Whether it changes results by more than rounding, so that only its name makes it run.</summary>
    public bool OnlyWhenForced { get; init; }

    /// <summary>
    /// Whether it is made for GPUs: where vector loops are better it runs a thousand times slower and takes seconds to
    /// compile, so that there it is neither chosen nor even measured.
    /// </summary>
    public bool ForGpus { get; init; }

    /// <summary>Whether it may run a plan on a device without being forced.</summary>
    public bool IsEligible(ComputeDevice device, TPlan plan) =>
        !OnlyWhenForced && !(ForGpus && device.Quirks.PrefersVectorLoops) && IsLegal(device, plan);
}

/// <summary>How the candidates for one piece of work are measured.</summary>
/// <param name="Work">All that their time depends on, in words.</param>
/// <param name="Way">What to run, any number of times, to measure a candidate.</param>
internal sealed record Trials<TRun>(string Work, Func<TRun, Action> Way);

/// <summary>
/// The ordered, named candidates of a family. The first that is legal and preferred wins, else the
/// first legal one, each where it is eligible; an argument, or the environment variable <c>SPECTRAL_PLAN</c> (a comma list such as
/// <c>gemm=vector,fft=stages</c>), forces one. Where <see cref="Autotuner"/> measures, the fastest wins.
/// </summary>
/// <param name="family">Name of the family, as <c>SPECTRAL_PLAN</c> spells it.</param>
/// <param name="candidates">The candidates, best first.</param>
internal sealed class CandidateList<TPlan, TRun>(string family, params Candidate<TPlan, TRun>[] candidates)
{
    /// <summary>Names in order.</summary>
    public IReadOnlyList<string> Names { get; } = [.. candidates.Select(c => c.Name)];

    /// <summary>Names of those that are right for a plan on a device, in order.</summary>
    public IReadOnlyList<string> Legal(ComputeDevice device, TPlan plan) =>
        [.. candidates.Where(c => c.IsLegal(device, plan)).Select(c => c.Name)];

    /// <summary>The candidate to run.</summary>
    /// <param name="device">Where it will run.</param>
    /// <param name="plan">What it will do.</param>
    /// <param name="forced">A name, or null for the environment's choice, then the list's own.</param>
    /// <param name="trials">How to measure the candidates; null where that cannot be done.</param>
    /// <exception cref="InvalidInputException">The forced name is unknown or not legal here.</exception>
    public Candidate<TPlan, TRun> Choose(
        ComputeDevice device, TPlan plan, string? forced = null, Trials<TRun>? trials = null)
    {
        forced ??= CandidateEnvironment.Forced(family);
        if (forced is null && trials is not null && Times(device, plan, trials) is { Count: > 0 } times)
            forced = times.MinBy(way => way.Value).Key;
        if (forced is not null)
            return Named(device, plan, forced);
        Candidate<TPlan, TRun>? fallback = null;
        foreach (var candidate in candidates)
        {
            if (!candidate.IsEligible(device, plan))
                continue;
            if (candidate.IsPreferred(device, plan))
                return candidate;
            fallback ??= candidate;
        }

        if (fallback is null)
            Throw.Invalid(family, $"{plan} on {device.Info.Id}", $"what {string.Join(", ", Names)} can do",
                "choose another device or a smaller shape");
        return fallback;
    }

    /// <summary>Milliseconds of every legal candidate that may be chosen, or null when nothing is measured.</summary>
    public IReadOnlyDictionary<string, double>? Times(ComputeDevice device, TPlan plan, Trials<TRun> trials) =>
        Autotuner.Times(
            device, $"{family}: {trials.Work}",
            candidates.Where(c => c.IsEligible(device, plan)).Select(c => (c.Name, trials.Way(c.Run))));

    private Candidate<TPlan, TRun> Named(ComputeDevice device, TPlan plan, string name)
    {
        var found = candidates.FirstOrDefault(c => c.Name == name);
        Throw.Unless(found is not null, family, $"candidate '{name}'", $"{string.Join(", ", Names)}",
            "force one of these, or none");
        Throw.Unless(
            found.IsLegal(device, plan), family, $"candidate '{name}' for {plan} on {device.Info.Id}",
            $"{string.Join(", ", Legal(device, plan))}", "force one of these, or none");
        return found;
    }
}

/// <summary>The environment variable <c>SPECTRAL_PLAN</c>, parsed anew when its text changes.</summary>
internal static class CandidateEnvironment
{
    internal const string Variable = "SPECTRAL_PLAN";

    private sealed record Parsed(string Text, Dictionary<string, string> Names);

    private static Parsed _parsed = new("", []);

    /// <summary>The candidate that the environment forces for a family, or null.</summary>
    internal static string? Forced(string family)
    {
        var text = Environment.GetEnvironmentVariable(Variable) ?? "";
        var parsed = _parsed;
        if (parsed.Text != text)
            _parsed = parsed = new Parsed(text, Parse(text));
        return parsed.Names.GetValueOrDefault(family);
    }

    private static Dictionary<string, string> Parse(string text)
    {
        var names = new Dictionary<string, string>();
        const StringSplitOptions Tidy = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var item in text.Split(',', Tidy))
        {
            var parts = item.Split('=', StringSplitOptions.TrimEntries);
            Throw.Unless(parts is [{ Length: > 0 }, { Length: > 0 }], Variable, $"'{item}'",
                "family=name, comma separated", "write for example gemm=vector");
            names[parts[0]] = parts[1];
        }

        return names;
    }
}
