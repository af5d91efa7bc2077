using System.Globalization;

namespace Spectral.Kernels;

/// <summary>
/// Chooses among the ways of a band-limited convolution by their predicted time, forward and backward, or
/// with <c>SPECTRAL_AUTOTUNE</c> by their measured one. An argument, or <c>SPECTRAL_PLAN</c>
/// (<c>conv=lowpass</c>), forces one. With neither the choice depends on the plan alone.
/// </summary>
public static class ConvPlanner
{
    // Operations a nanosecond, fitted to 264 layers, forward and backward, on two cores through PoCL; only their ratios
    // decide.
    private const double DirectRate = 125;
    private const double ProductRate = 150;
    private const double TransformRate = 40;
    private const double MapRate = 70;
    private const double FilterRate = 120;

    // Nanoseconds a filter element and pass for packing filters and gathering their gradient.
    private const double PackTime = 0.8;

    // Nanoseconds a launch, which is what the smallest layers consist of; how many both passes take.
    private const double LaunchTime = 12000;
    private const int LaunchesOfDirect = 10, LaunchesOfFewChannels = 3, LaunchesOfSpectra = 10;

    private const string Family = "conv";

    private static readonly CandidateList<BandConvPlan, ConvMethod> Candidates = new(Family,
        [
            .. Enum.GetValues<ConvMethod>().Select(method => new Candidate<BandConvPlan, ConvMethod>(
                NameOf(method), (_, plan) => IsLegal(plan, method), (_, _) => true, method)),
        ]);

    private static readonly Memo<BandConvPlan, string> Cheapest =
        new(plan => NameOf(Legal(plan).MinBy(m => Cost(plan, m))));

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
            name = Cheapest[plan];
        if (name is not null)
            return Candidates.Choose(device, plan, name).Run;
        using var trial = new ConvTrial(device, plan, type);
        return Candidates.Choose(device, plan, null, Trials(trial)).Run;
    }

    /// <summary>The ways that give the right result.</summary>
    public static IReadOnlyList<ConvMethod> Legal(BandConvPlan plan) =>
        [.. Enum.GetValues<ConvMethod>().Where(method => IsLegal(plan, method))];

    /// <summary>Predicted nanoseconds of a forward and a backward pass.</summary>
    public static double Cost(BandConvPlan plan, ConvMethod method) => method switch
    {
        ConvMethod.Direct => CostOfDirect(plan.Shape),
        ConvMethod.Spectral => CostOfSpectra(plan),
        ConvMethod.Absorbed => CostOfSpectra(plan.Absorbed()),

        // Forward, and the gradient of the result.
        ConvMethod.LowPassOutput => (2 * CostOfMaps(plan.Shape.N * plan.Shape.K, plan.OutputMaps))
            + CostOfDirect(plan.BeforeMaps),

        // Forward, again for the gradient of the filters where it is not kept, and back.
        _ => ((LowPassedConv.IsKept(plan) ? 2 : 3) * CostOfMaps(plan.Shape.N * plan.Shape.C, plan.Maps))
            + CostOfDirect(plan.AfterMaps),
    };

    /// <summary>
    /// Whether the spectrum of the input is kept for the backward pass, or made again from the input: so that a band
    /// never needs more memory than none, a convolution that without a band is direct keeps its input alone.
    /// </summary>
    /// <param name="plan">The convolution, its band as it is computed.</param>
    public static bool KeepsSpectrum(BandConvPlan plan) => Cheapest[new BandConvPlan(
        plan.Shape, plan.H with { Kept = plan.H.Half }, plan.W with { Kept = plan.W.Half })] != NameOf(ConvMethod.Direct);

    /// <summary>What each way costs, predicted or measured, and which is taken, in one line.</summary>
    public static string Explain(ComputeDevice device, BandConvPlan plan, DType type = DType.Float32)
    {
        using var trial = new ConvTrial(device, plan, type);
        var measured = Candidates.Times(device, plan, Trials(trial));
        var costs = Legal(plan).Select(m => string.Create(CultureInfo.InvariantCulture,
            $"{NameOf(m)} {measured?[NameOf(m)] ?? Cost(plan, m) / 1e6:F2} ms"));
        return $"{NameOf(Choose(device, plan, null, type))} of {string.Join(", ", costs)}"
            + (measured is null ? " (predicted)" : " (measured)");
    }

    // Convolutions of small planes read their filters as they are.
    private static double CostOfDirect(ConvShape shape)
    {
        var skipsPadding = ConvOfSmallPlanes.IsWorthwhile(shape);
        var flops = skipsPadding ? ConvOfSmallPlanes.Flops(shape) : shape.Flops;
        var launches = ConvOfFewChannels.IsLegal(shape) ? LaunchesOfFewChannels : LaunchesOfDirect;
        return (3 * flops / DirectRate) + (skipsPadding ? 0 : 3 * PackTime * shape.FilterCount) + (launches * LaunchTime);
    }

    private static double CostOfMaps(int planes, (AxisMap H, AxisMap W) maps) =>
        (PlaneMap.EquivalentFlops(planes, maps.H, maps.W) / MapRate) + LaunchTime;

    private static double CostOfSpectra(BandConvPlan plan) =>
        (3 * ((plan.Products.Flops / ProductRate) + (plan.Filter.Flops / FilterRate)))
        + (2 * (plan.Input.EquivalentFlops + plan.Output.EquivalentFlops) / TransformRate)
        + (LaunchesOfSpectra * LaunchTime);

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
