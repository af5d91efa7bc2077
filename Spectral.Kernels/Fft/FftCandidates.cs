namespace Spectral.Kernels;

/// <summary>The candidates of the family <c>fft</c> and how long a transform each holds in one tile.</summary>
internal static class FftCandidates
{
    /// <summary>
    /// Bytes of scratch for a work-item's tile of eight rows: more than the second-level cache of a core holds, since a
    /// tile that overflows it still takes half the time of four steps through memory (measured up to 16384 points). Tiles
    /// of sixteen rows take twice as much, and for as many points no longer.
    /// </summary>
    internal const int LanesTileBytes = 2048 * 1024;

    /// <summary>Points from which a kernel for one length is worth its compilation.</summary>
    private const int FewestPointsOfKnown = 1 << 14;

    internal static readonly CandidateList<FftShape, FftMethod> List = new(
        "fft",
        new("lanes", (d, s) => d.Quirks.PrefersVectorLoops && FitsTiles(s, FftMethod.Lanes), (_, _) => true,
            FftMethod.Lanes),
        new("known", (d, s) => HasBlocks(d) && FitsTiles(s, FftMethod.Known) && IsKnown(s),
            (_, s) => (long)s.Rows * s.Length >= FewestPointsOfKnown, FftMethod.Known)
        { ForGpus = true },
        new("block", (d, s) => HasBlocks(d) && FitsTiles(s, FftMethod.Block),
            (_, _) => true, FftMethod.Block),
        new("stages", (_, _) => true, (_, _) => true, FftMethod.Stages));

    /// <summary>Longest transform of one tile.</summary>
    internal static int Tile(FftMethod method, DType type) => method switch
    {
        FftMethod.Lanes => LanesTileBytes / (2 * 2 * 8 * type.SizeOf()),
        FftMethod.Block or FftMethod.Known => BlockShape.LongestSpan(type),
        _ => int.MaxValue,
    };

    /// <summary>The recipe that a method runs.</summary>
    internal static FftRecipe Recipe(FftMethod method, FftShape shape)
    {
        var recipe = FftPlanner.Plan(shape.Length, Tile(method, shape.Type));
        return method != FftMethod.Known ? recipe : recipe switch
        {
            StockhamRecipe s => Known(s),
            FourStepRecipe f => new FourStepRecipe(Known(f.Columns), Known(f.Rows)),
            _ => recipe,
        };
    }

    /// <summary>The recipe of the stages: of the convolution, for Bluestein's algorithm.</summary>
    internal static FftRecipe Core(FftRecipe recipe) =>
        recipe is BluesteinRecipe bluestein ? bluestein.Convolution : recipe;

    private static StockhamRecipe Known(StockhamRecipe recipe) =>
        KnownRadices.Of(recipe.Length) is { } radices ? new StockhamRecipe(radices) : recipe;

    // Stages that types can spell out, and not twice, as a convolution wants them.
    private static bool IsKnown(FftShape shape) => Recipe(FftMethod.Known, shape) switch
    {
        StockhamRecipe s => IsKnown(s, shape.Type),
        FourStepRecipe f => IsKnown(f.Columns, shape.Type) && IsKnown(f.Rows, shape.Type),
        _ => false,
    };

    private static bool IsKnown(StockhamRecipe recipe, DType type) =>
        KnownRadices.Of(recipe.Length) is { } radices && KnownShape.Holds(radices, type);

    private static bool HasBlocks(ComputeDevice device) =>
        device.Quirks.RunsTiles && device.Limits.SharedMemoryBytes >= BlockShape.LargeBytes;

    private static bool FitsTiles(FftShape shape, FftMethod method)
    {
        var core = Core(Recipe(method, shape));
        return core is FourStepRecipe || core.Length <= Tile(method, shape.Type);
    }
}
