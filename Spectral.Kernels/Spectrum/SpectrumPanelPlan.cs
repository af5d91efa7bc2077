namespace Spectral.Kernels;

/// <summary>How a product of spectra by panels is cut up.</summary>
/// <param name="Product">Sizes and strides.</param>
/// <param name="Lanes">Columns of a panel.</param>
/// <param name="Stretch">The part of the contracted length that is packed at a time.</param>
/// <param name="RowParts">Parts that the rows are dealt to, where there are too few panels.</param>
/// <param name="Workers">Work-items, each with scratch of its own.</param>
internal readonly record struct SpectrumPanelPlan(
    ComplexGemmArguments Product, int Lanes, int Stretch, int RowParts, int Workers)
{
    /// <summary>Rows of a tile, whatever the type.</summary>
    internal const int TileRows = 4;

    /// <summary>Bytes of a stretch's panel: with its rows it stays in the first cache.</summary>
    private const int StretchBytes = 16 * 1024;

    /// <summary>Elements of scratch.</summary>
    public long ScratchLength => (long)Workers * SlotLength;

    private int RowBlocks => GemmPlan.Blocks(Product.Rows, TileRows);

    private int SumsAt => 2 * Stretch * Lanes;

    private int SlotLength =>
        SumsAt + ((Stretch < Product.L ? GemmPlan.Blocks(RowBlocks, RowParts) : 1) * 2 * TileRows * Lanes);

    /// <summary>Lanes of a panel of so many columns: real and imaginary parts fill two registers, or four.</summary>
    internal static int LanesOf(DType type, int columns) =>
        RegisterLanes.OfPanel(type, RegisterLanes.Bytes, columns);

    /// <summary>The plan for a device.</summary>
    internal static SpectrumPanelPlan For(ComplexGemmArguments product, DType type, DeviceLimits limits)
    {
        var lanes = LanesOf(type, product.Columns);
        var stretches = GemmPlan.Blocks(product.L, StretchBytes / (2 * lanes * type.SizeOf()));
        var stretch = TileRows * GemmPlan.Blocks(GemmPlan.Blocks(product.L, stretches), TileRows);
        var panels = (long)product.Frequencies * GemmPlan.Blocks(product.Columns, lanes);
        var (rows, columns) = ((double)product.Frequencies * product.Rows, (double)product.Frequencies * product.Columns);
        var wanted = LoopItems.For(
            limits, 2 * (((rows + columns) * product.L) + (rows * product.Columns)), 8 * rows * product.Columns * product.L);
        var parts = (int)Math.Clamp(
            wanted / panels, 1, Math.Max(1, GemmPlan.Blocks(product.Rows, TileRows) / 4));
        return new SpectrumPanelPlan(product, lanes, stretch, parts, (int)Math.Min(wanted, panels * parts));
    }

    /// <summary>The plan as kernels take it.</summary>
    internal SpectrumPanelArguments Arguments() => SpectrumPanelArguments.Of(Product) with
    {
        RowBlocks = RowBlocks,
        RowParts = RowParts,
        Panels = GemmPlan.Blocks(Product.Columns, Lanes),
        Stretch = Stretch,
        SlotLength = SlotLength,
        SumsAt = SumsAt,
        SumsStep = Stretch < Product.L ? 1 : 0,
    };
}
