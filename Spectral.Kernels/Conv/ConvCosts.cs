namespace Spectral.Kernels;

/// <summary>What the ways of a band-limited convolution are expected to take on a kind of device.</summary>
internal abstract class ConvCosts
{
    /// <summary>Nanoseconds of a forward and a backward pass.</summary>
    internal double Cost(BandConvPlan plan, ConvMethod method) => method switch
    {
        ConvMethod.Direct => OfDirect(plan.Shape),
        ConvMethod.Spectral => OfSpectra(plan),
        ConvMethod.Absorbed => OfSpectra(plan.Absorbed()),

        // Forward, and the gradient of the result.
        ConvMethod.LowPassOutput => (2 * OfMaps(plan.Shape.N * plan.Shape.K, plan.OutputMaps))
            + OfDirect(plan.BeforeMaps),

        // Forward, again for the gradient of the filters where it is not kept, and back.
        _ => ((LowPassedConv.IsKept(plan) ? 2 : 3) * OfMaps(plan.Shape.N * plan.Shape.C, plan.Maps))
            + OfDirect(plan.AfterMaps),
    };

    /// <summary>A direct convolution, both passes.</summary>
    protected abstract double OfDirect(ConvShape shape);

    /// <summary>Low-passes of planes along both axes, once.</summary>
    protected abstract double OfMaps(int planes, (AxisMap H, AxisMap W) maps);

    /// <summary>Transforms and products of spectra, both passes.</summary>
    protected abstract double OfSpectra(BandConvPlan plan);
}

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

    protected override double OfMaps(int planes, (AxisMap H, AxisMap W) maps) =>
        (PlaneMap.EquivalentFlops(planes, maps.H, maps.W) / MapRate) + LaunchTime;

    protected override double OfSpectra(BandConvPlan plan) =>
        (3 * ((plan.Products.Flops / ProductRate) + (plan.Filter.Flops / FilterRate)))
        + (2 * (plan.Input.EquivalentFlops + plan.Output.EquivalentFlops) / TransformRate)
        + (LaunchesOfSpectra * LaunchTime);
}

/// <summary>GPUs: fitted to the 42 layers of the suite, forward and backward, on an H200; only ratios decide.</summary>
internal sealed class GpuConvCosts : ConvCosts
{
    // Operations a nanosecond: of products with unfolded images, of spectra, of transforms by matrices, in one launch or
    // an axis a launch.
    private const double DirectRate = 20000;
    private const double ProductRate = 18000;
    private const double BlockRate = 25000, TransformRate = 10000;

    // Cells of circles a nanosecond in fast transforms, bytes a nanosecond through memory.
    private const double CellRate = 90, MemoryRate = 3000;

    // Nanoseconds of a launch that has little to do; how many both passes take.
    private const double LaunchTime = 2500;
    private const int LaunchesOfDirect = 7, LaunchesOfSpectra = 11;

    // Columns of the smallest tiles, rows of theirs.
    private const int TileColumns = 32, TileRows = 16;

    internal static readonly GpuConvCosts Instance = new();

    // Images are unfolded, written and read in each of three products, a product an image.
    protected override double OfDirect(ConvShape shape)
    {
        var outputs = shape.Output.H * shape.Output.W;
        var waste = (double)RoundUp(outputs, TileColumns) / outputs;
        var unfolded = 3.0 * 2 * sizeof(float) * shape.N * shape.Taps * outputs;
        return (3 * waste * shape.Flops / DirectRate) + (unfolded / MemoryRate) + (LaunchesOfDirect * LaunchTime);
    }

    protected override double OfMaps(int planes, (AxisMap H, AxisMap W) maps) =>
        (PlaneMap.EquivalentFlops(planes, maps.H, maps.W) / TransformRate) + (2 * LaunchTime);

    protected override double OfSpectra(BandConvPlan plan)
    {
        var waste = (double)RoundUp(plan.Shape.N, TileRows) / plan.Shape.N;
        var filters = 2.0 * sizeof(float) * plan.Filter.SpectrumCount / MemoryRate;
        return (3 * waste * plan.Products.Flops / ProductRate) + (2 * filters)
            + (2 * (OfTransform(plan.Input) + OfTransform(plan.Output))) + (LaunchesOfSpectra * LaunchTime);
    }

    private static double OfTransform(PlaneTransformPlan plan)
    {
        if (PlaneBlocks.IsWorthwhile(plan))
            return plan.Flops / BlockRate;
        var isFast = plan.IsOneRow ? plan.HasFft && !plan.Rows.FavoursMatrix : plan.FavoursFft;
        return isFast
            ? (double)plan.Planes * plan.H.FftLength * plan.W.FftLength / CellRate
            : plan.Flops / TransformRate;
    }

    private static int RoundUp(int number, int step) => (number + step - 1) / step * step;
}
