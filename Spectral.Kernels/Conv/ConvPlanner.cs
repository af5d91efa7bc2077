using System.Globalization;

namespace Spectral.Kernels;

/// <summary>
/// Chooses among the ways of a band-limited convolution by their predicted time, forward and backward, or
/// with <c>SPECTRAL_AUTOTUNE</c> by their measured one. An argument, or <c>SPECTRAL_PLAN</c>
/// (<c>conv=lowpass</c>), forces one. With neither the choice depends on the plan alone.
/// </summary>
public static class ConvPlanner
{
    private const string Family = "conv";

    private static readonly CandidateList<BandConvPlan, ConvMethod> Candidates = new(Family,
        [
            .. Enum.GetValues<ConvMethod>().Select(method => new Candidate<BandConvPlan, ConvMethod>(
                NameOf(method), (_, plan) => IsLegal(plan, method), (_, _) => true, method)),
        ]);

    private static readonly Memo<(BandConvPlan Plan, bool OnCpu), string> Cheapest =
        new(key => NameOf(Legal(key.Plan).MinBy(m => ModelOf(key.OnCpu).Cost(key.Plan, m))));

    /// <summary>The way to take.</summary>
    /// <param name="device">Where it will run.</param>
    /// <param name="plan">The convolution, as its spectra are defined.</param>
    /// <param name="forced">A way to take in any case; null for the cheapest.</param>
    /// <param name="type">Element type; only what is measured depends on it.</param>
    /// <exception cref="InvalidInputException">The forced way would not give the right result.</exception>
    public static ConvMethod Choose(
        ComputeDevice device, BandConvPlan plan, ConvMethod? forced = null, DType type = DType.Float32)
    {
        var name = forced is { } method ? NameOf(method) : CandidateEnvironment.Forced(Family);
        if (name is null && !Autotuner.IsOn)
            name = Cheapest[(plan, device.Quirks.PrefersVectorLoops)];
        if (name is not null)
            return Candidates.Choose(device, plan, name).Run;
        using var trial = new ConvTrial(device, plan, type);
        return Candidates.Choose(device, plan, null, Trials(trial)).Run;
    }

    /// <summary>The ways that give the right result.</summary>
    public static IReadOnlyList<ConvMethod> Legal(BandConvPlan plan) =>
        [.. Enum.GetValues<ConvMethod>().Where(method => IsLegal(plan, method))];

    /// <summary>Predicted nanoseconds of a forward and a backward pass on a device.</summary>
    public static double Cost(ComputeDevice device, BandConvPlan plan, ConvMethod method) =>
        ModelOf(device.Quirks.PrefersVectorLoops).Cost(plan, method);

    /// <summary>
    /// Whether the spectrum of the input is kept for the backward pass, or made again from the input: so that a band
    /// never needs more memory than none, a convolution that without a band is direct keeps no more than its input.
    /// </summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="plan">The convolution, its band as it is computed.</param>
    public static bool KeepsSpectrum(ComputeDevice device, BandConvPlan plan) =>
        !IsDirectWithoutBand(device, plan) || plan.Input.SpectrumCount <= plan.Shape.InputCount;

    /// <summary>The same of the spectrum of the filters, where there is one (<see cref="BandConv.ReusesFilters"/>).</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="plan">The convolution, its band as it is computed.</param>
    public static bool KeepsFilterSpectrum(ComputeDevice device, BandConvPlan plan) =>
        !IsDirectWithoutBand(device, plan)
        || plan.Input.SpectrumCount + plan.Filter.SpectrumCount <= plan.Shape.InputCount + plan.Shape.FilterCount;

    /// <summary>What each way costs, predicted or measured, and which is taken, in one line.</summary>
    public static string Explain(ComputeDevice device, BandConvPlan plan, DType type = DType.Float32)
    {
        using var trial = new ConvTrial(device, plan, type);
        var measured = Candidates.Times(device, plan, Trials(trial));
        var costs = Legal(plan).Select(m => string.Create(CultureInfo.InvariantCulture,
            $"{NameOf(m)} {measured?[NameOf(m)] ?? Cost(device, plan, m) / 1e6:F2} ms"));
        return $"{NameOf(Choose(device, plan, null, type))} of {string.Join(", ", costs)}"
            + (measured is null ? " (predicted)" : " (measured)");
    }

    private static bool IsDirectWithoutBand(ComputeDevice device, BandConvPlan plan)
    {
        var whole = new BandConvPlan(
            plan.Shape, plan.H with { Kept = plan.H.Half }, plan.W with { Kept = plan.W.Half });
        return Cheapest[(whole, device.Quirks.PrefersVectorLoops)] == NameOf(ConvMethod.Direct);
    }

    private static ConvCosts ModelOf(bool onCpu) => onCpu ? CpuConvCosts.Instance : GpuConvCosts.Instance;

    // What lies between the samples of a stride is not in the outputs, so the way back from them is another.
    private static bool IsLegal(BandConvPlan plan, ConvMethod method) => method switch
    {
        ConvMethod.Direct => plan.IsFull,
        ConvMethod.LowPassOutput => plan.Shape.H.Stride == 1 && plan.Shape.W.Stride == 1,
        _ => true,
    };

    private static Trials<ConvMethod> Trials(ConvTrial trial) => new($"{trial}", method => () => trial.Run(method));

    private static string NameOf(ConvMethod method) => method.ToString().ToLowerInvariant();
}
