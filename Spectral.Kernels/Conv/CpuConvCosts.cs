namespace Spectral.Kernels;

/// <summary>CPUs: fitted to 264 layers, forward and backward, on two cores through PoCL; only ratios decide.</summary>
internal sealed class CpuConvCosts : ConvCosts
{
    // Operations a nanosecond.
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

    internal static readonly CpuConvCosts Instance = new();

    // Convolutions of small planes read their filters as they are.
    protected override double OfDirect(ConvShape shape)
    {
        var skipsPadding = ConvOfSmallPlanes.IsWorthwhile(shape);
        var flops = skipsPadding ? ConvOfSmallPlanes.Flops(shape) : shape.Flops;
        var launches = ConvOfFewChannels.IsLegal(shape) ? LaunchesOfFewChannels : LaunchesOfDirect;
        return (3 * flops / DirectRate) + (skipsPadding ? 0 : 3 * PackTime * shape.FilterCount) + (launches * LaunchTime);
    }

    // Series are low-passed where they are read; again for the gradient of the filters, in a launch of its own.
    protected override double OfLowPass(BandConvPlan plan)
    {
        if (!ConvOfFewChannels.TakesLowPass(plan))
            return base.OfLowPass(plan);
        return OfDirect(plan.AfterMaps) + (2 * LowPassWaves.Flops(plan.Shape.N, plan.Maps.W) / DirectRate)
            + (LowPassedConv.IsKept(plan) ? 0 : OfMaps(plan.Shape.N, plan.Maps));
    }

    protected override double OfMaps(int planes, (AxisMap H, AxisMap W) maps) =>
        (PlaneMap.EquivalentFlops(planes, maps.H, maps.W) / MapRate) + LaunchTime;

    protected override double OfSpectra(BandConvPlan plan) =>
        (3 * ((plan.Products.Flops / ProductRate) + (plan.Filter.Flops / FilterRate)))
        + (2 * (plan.Input.EquivalentFlops + plan.Output.EquivalentFlops) / TransformRate)
        + (LaunchesOfSpectra * LaunchTime);
}
