namespace Spectral.Kernels;

/// <summary>
/// GPUs: fitted to the 42 layers of the suite, forward and backward, on an H200, those of series of one channel on an H100;
/// only ratios decide.
/// </summary>
internal sealed class GpuConvCosts : ConvCosts
{
    // Operations a nanosecond: of products with unfolded images, of spectra, of series, of transforms by matrices, in one launch or
    // an axis a launch.
    private const double DirectRate = 20000;
    private const double ProductRate = 18000, SeriesRate = 8500;
    private const double BlockRate = 25000, TransformRate = 10000;

    // Cells of circles a nanosecond in fast transforms, bytes a nanosecond through memory.
    private const double CellRate = 400, MemoryRate = 3000;

    // How many times as long an odd circle takes in the low-passes that this was fitted with.
    private const double OddCircle = 3;

    // Of circles longer than the suite's a group holds one row, whose bins are written one here and one there: a layer of one
    // channel and 6000 samples took 655 to 943 µs with them. From there on as many times as long as this goes into a circle.
    private const int LongestCircle = 2048;
    private const double ShortCircle = 512;

    // Nanoseconds of a launch that has little to do; how many both passes take.
    private const double LaunchTime = 2500;
    private const int LaunchesOfDirect = 7, LaunchesOfSeries = 3, LaunchesOfSpectra = 11;

    // Columns of the smallest tiles, rows of theirs.
    private const int TileColumns = 32, TileRows = 16;

    internal static readonly GpuConvCosts Instance = new();

    // Series of few taps are read where they are. Images are unfolded, written and read in each of three products, a
    // product an image.
    protected override double OfDirect(ConvShape shape)
    {
        if (ConvOfSeries.IsWorthwhile(shape))
            return (3 * shape.Flops / SeriesRate) + (LaunchesOfSeries * LaunchTime);
        var outputs = shape.Output.H * shape.Output.W;
        var waste = (double)RoundUp(outputs, TileColumns) / outputs;
        var unfolded = 3.0 * 2 * sizeof(float) * shape.N * shape.Taps * outputs;
        return (3 * waste * shape.Flops / DirectRate) + (unfolded / MemoryRate) + (LaunchesOfDirect * LaunchTime);
    }

    protected override double OfMaps(int planes, (AxisMap H, AxisMap W) maps) =>
        (PlaneMap.EquivalentFlops(planes, maps.H, maps.W, OddCircle) / TransformRate) + (2 * LaunchTime);

    protected override double OfSpectra(BandConvPlan plan)
    {
        var waste = (double)RoundUp(plan.Shape.N, TileRows) / plan.Shape.N;
        var filters = 2.0 * sizeof(float) * plan.Filter.SpectrumCount / MemoryRate;
        return (3 * waste * plan.Products.Flops / ProductRate) + (2 * filters)
            + (2 * (OfTransform(plan.Input) + OfTransform(plan.Output))) + (LaunchesOfSpectra * LaunchTime);
    }

    private static double OfTransform(PlaneTransformPlan plan)
    {
        if (plan.IsOneRow && plan.HasFft && !plan.Rows.FavoursMatrix)
            return (double)plan.Planes * plan.W.FftLength / CellRate
                * (plan.W.FftLength > LongestCircle ? plan.W.FftLength / ShortCircle : 1);
        if (!plan.IsOneRow && plan.FavoursFft)
            return (plan.Planes * ((double)plan.H.Length * plan.W.FftLength + (2.0 * plan.W.Kept * plan.H.FftLength)) / CellRate)
                + LaunchTime;
        return plan.Flops / (PlaneBlocks.IsWorthwhile(plan) ? BlockRate : TransformRate);
    }

    private static int RoundUp(int number, int step) => (number + step - 1) / step * step;
}
