namespace Spectral.Kernels;

/// <summary>How a product by panels is cut up.</summary>
/// <param name="Batch">Products with operands of their own.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="L">The contracted length.</param>
/// <param name="Lanes">Columns of a panel.</param>
/// <param name="Stretch">The part of the contracted length that is packed at a time.</param>
/// <param name="RowParts">Parts that the rows are dealt to, where there are too few columns.</param>
/// <param name="Workers">Work-items, each with scratch of its own.</param>
public readonly record struct PanelPlan(
    int Batch, int Rows, int Columns, int L, int Lanes, int Stretch, int RowParts, int Workers)
{
    /// <summary>Rows of a tile, whatever the type.</summary>
    internal const int TileRows = 6;

    /// <summary>Lanes of a panel fill 64 bytes, two registers of AVX, or 128.</summary>
    internal const int PanelBytes = 64;

    /// <summary>A stretch aims at this length: its panel (16 KB) and rows stay in the first cache.</summary>
    internal const int LongestStretch = 256;

    /// <summary>Blocks of rows.</summary>
    public int RowBlocks => GemmPlan.Blocks(Rows, TileRows);

    /// <summary>Panels of columns.</summary>
    public int Panels => GemmPlan.Blocks(Columns, Lanes);

    /// <summary>Elements of the packed rows of one product.</summary>
    public long PackedRows => (long)RowBlocks * TileRows * L;

    private int SumsAt => Stretch * Lanes;

    private int SlotLength => SumsAt
        + ((Stretch < L ? GemmPlan.Blocks(RowBlocks, RowParts) : 1) * TileRows * Lanes);

    /// <summary>Elements of scratch.</summary>
    public long ScratchLength => (long)Workers * SlotLength;

    /// <summary>The plan for a device.</summary>
    /// <param name="batch">Products with operands of their own.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="l">The contracted length.</param>
    /// <param name="type">Element type.</param>
    /// <param name="limits">Of the device.</param>
    /// <param name="unit">Stretches are multiples of it.</param>
    public static PanelPlan For(
        int batch, int rows, int columns, int l, DType type, DeviceLimits limits, int unit = 1)
    {
        var lanes = RegisterLanes.OfPanel(type, PanelBytes, columns);
        var units = Math.Max(1, GemmPlan.Blocks(l, unit));
        var stretches = GemmPlan.Blocks(units, Math.Max(1, LongestStretch / unit));
        var stretch = unit * GemmPlan.Blocks(units, stretches);
        var panels = (long)batch * GemmPlan.Blocks(columns, lanes);
        var wanted = LoopItems.For(
            limits, (double)batch * (((double)columns * l) + ((double)rows * columns)), 2.0 * batch * rows * columns * l);
        var blocks = GemmPlan.Blocks(rows, TileRows);
        var parts = (int)Math.Clamp(wanted / Math.Max(1, panels), 1, Math.Max(1, blocks / 4));
        var workers = (int)Math.Min(wanted, panels * parts);
        return new PanelPlan(batch, rows, columns, l, lanes, stretch, parts, workers);
    }

    /// <summary>The plan as kernels take it.</summary>
    internal PanelArguments Arguments() => new()
    {
        Batch = Batch,
        Rows = Rows,
        RowBlocks = RowBlocks,
        RowParts = RowParts,
        Panels = Panels,
        L = L,
        Stretch = Stretch,
        SlotLength = SlotLength,
        SumsAt = SumsAt,
        SumsStep = Stretch < L ? 1 : 0,
    };
}
