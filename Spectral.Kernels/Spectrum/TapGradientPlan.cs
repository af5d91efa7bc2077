namespace Spectral.Kernels;

/// <summary>
/// How a gradient of filters' samples is cut up: a work-item adds the products of a segment of the
/// frequencies for some output channels (rows) and some input channels (columns) to sums of its own, few
/// enough to stay in its core's second cache.
/// </summary>
/// <param name="Product">Sizes and strides of the product of one frequency.</param>
/// <param name="Taps">Samples of a filter.</param>
/// <param name="Lanes">Columns of a panel.</param>
/// <param name="Groups">Groups that the panels of columns are dealt to.</param>
/// <param name="RowParts">Parts that the blocks of rows are dealt to.</param>
/// <param name="Segments">Segments of the frequencies, which are summed apart and then joined.</param>
/// <param name="Workers">Work-items, each with scratch of its own.</param>
internal readonly record struct TapGradientPlan(
    ComplexGemmArguments Product, int Taps, int Lanes, int Groups, int RowParts, int Segments, int Workers)
{
    /// <summary>Bytes of a work-item's sums, and of all sums where there are segments.</summary>
    private const int SumsBytes = 256 * 1024, MostSums = 1024 * 1024;

    private const int TileRows = SpectrumPanelPlan.TileRows;

    /// <summary>Elements of scratch.</summary>
    public long ScratchLength => SumsAt + ((Segments > 1 ? (long)Items : Workers) * SumsLength);

    /// <summary>Work-items of <see cref="TapGradientKernels.Join"/>, if there are segments.</summary>
    public int Blocks => GemmPlan.Blocks(Product.Columns, Lanes) * GemmPlan.Blocks(Product.Rows, TileRows);

    private int Items => Groups * RowParts * Segments;

    private int PanelLength => 2 * Product.L * Lanes;

    private int PartBlocks => GemmPlan.Blocks(GemmPlan.Blocks(Product.Rows, TileRows), RowParts);

    private int SlotLength => PanelLength + (PartBlocks * TapGradientKernels.Together * 2 * TileRows * Lanes);

    private int SumsAt => Workers * SlotLength;

    private int SumsLength => GemmPlan.Blocks(GemmPlan.Blocks(Product.Columns, Lanes), Groups) * PartBlocks
        * Taps * TileRows * Lanes;

    /// <summary>The plan for a device.</summary>
    internal static TapGradientPlan For(ComplexGemmArguments product, int taps, DType type, DeviceLimits limits)
    {
        var lanes = SpectrumPanelPlan.LanesOf(type, product.Columns);
        var panels = GemmPlan.Blocks(product.Columns, lanes);
        var blocks = GemmPlan.Blocks(product.Rows, TileRows);

        // As square as may be: what is read of either operand is least.
        var most = SumsBytes / type.SizeOf() / taps;
        var width = Math.Clamp((int)Math.Sqrt(most) / lanes, 1, panels);
        var groups = GemmPlan.Blocks(panels, width);
        width = GemmPlan.Blocks(panels, groups);
        var parts = GemmPlan.Blocks(blocks, Math.Max(1, most / (width * lanes * TileRows)));
        var filters = (double)product.Rows * product.Columns;
        var wanted = LoopItems.For(
            limits, taps * filters, ((8.0 * product.L) + (4.0 * taps)) * product.Frequencies * filters);
        var sums = (long)product.Rows * product.Columns * taps * type.SizeOf();
        var segments = (int)Math.Clamp(
            Math.Min(GemmPlan.Blocks(wanted, groups * parts), MostSums / sums), 1,
            Math.Max(1, product.Frequencies / TapGradientKernels.Together));
        if (segments * groups * parts < wanted)
            parts = Math.Clamp(
                GemmPlan.Blocks(wanted, segments * groups), parts, Math.Max(parts, blocks / 4));
        return new TapGradientPlan(
            product, taps, lanes, groups, parts, segments, Math.Min(wanted, segments * groups * parts));
    }

    /// <summary>The plan as kernels take it.</summary>
    internal TapGradientArguments Arguments() => new()
    {
        Product = SpectrumPanelArguments.Of(Product),
        Taps = Taps,
        Panels = GemmPlan.Blocks(Product.Columns, Lanes),
        RowBlocks = GemmPlan.Blocks(Product.Rows, TileRows),
        Groups = Groups,
        RowParts = RowParts,
        Segments = Segments,
        SlotLength = SlotLength,
        TilesAt = PanelLength,
        SumsAt = SumsAt,
        SumsLength = SumsLength,
        PartBlocks = PartBlocks,
    };
}

/// <summary>A gradient of filters' samples as kernels take it; lengths in elements.</summary>
internal struct TapGradientArguments
{
    /// <summary>The product of one frequency.</summary>
    public SpectrumPanelArguments Product;

    /// <summary>Samples of a filter, panels of columns, blocks of rows.</summary>
    public int Taps, Panels, RowBlocks;

    /// <summary>Groups of panels, parts of the rows, segments of the frequencies.</summary>
    public int Groups, RowParts, Segments;

    /// <summary>Scratch of a work-item, and where in it the tiles start.</summary>
    public int SlotLength, TilesAt;

    /// <summary>Where the sums start, the length of an item's, and its most blocks of rows.</summary>
    public int SumsAt, SumsLength, PartBlocks;
}
