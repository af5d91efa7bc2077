namespace Spectral.Kernels;

/// <summary>How a product by rows is cut up.</summary>
/// <param name="Batch">Products with operands of their own.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="L">The contracted length.</param>
/// <param name="Lanes">Columns of a panel.</param>
/// <param name="Stretch">The part of the contracted length of which rows are copied at a time.</param>
/// <param name="Segments">Parts of the contracted length that are summed apart.</param>
/// <param name="SegmentLength">Length of a part (the last may be shorter).</param>
/// <param name="RowParts">Parts that the rows are dealt to.</param>
/// <param name="Workers">Work-items, each with scratch of its own.</param>
/// <param name="KeepsSums">Whether all sums stay in scratch for a later pass.</param>
public readonly record struct RowPanelPlan(
    int Batch, int Rows, int Columns, int L, int Lanes, int Stretch, int Segments, int SegmentLength,
    int RowParts, int Workers, bool KeepsSums)
{
    /// <summary>Bytes of a stretch of all panels, which stay in a core's second cache.</summary>
    private const int StretchBytes = 256 * 1024;

    private const int ShortestStretch = 64;

    /// <summary>Bound on the elements of the sums that are kept.</summary>
    private const long MostSums = 4L << 20;

    private const int TileRows = PanelPlan.TileRows;

    /// <summary>Blocks of rows.</summary>
    public int RowBlocks => GemmPlan.Blocks(Rows, TileRows);

    /// <summary>Panels of columns.</summary>
    public int Panels => GemmPlan.Blocks(Columns, Lanes);

    /// <summary>Elements of the packed columns of one product.</summary>
    public long PackedColumns => (long)Panels * Lanes * L;

    /// <summary>Elements of scratch.</summary>
    public long ScratchLength => SumsAt + (KeepsSums ? (long)Segments * SumsSegment : (long)Workers * Tile);

    private static int SlotLength => TileRows * SeparateRows.Pitch;

    private int Tile => TileRows * Lanes;

    private int SumsAt => Workers * SlotLength;

    private int SumsSegment => RowBlocks * Panels * Tile;

    /// <summary>A plan that sums parts of the contracted length apart and keeps the sums.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="l">The contracted length.</param>
    /// <param name="type">Element type.</param>
    /// <param name="limits">Of the device.</param>
    public static RowPanelPlan Summing(int rows, int columns, int l, DType type, DeviceLimits limits)
    {
        var lanes = RegisterLanes.OfPanel(type, PanelPlan.PanelBytes, columns);
        var bytes = GemmPlan.Blocks(columns, lanes) * lanes * type.SizeOf();
        var stretch = Math.Clamp(StretchBytes / bytes, ShortestStretch, SeparateRows.Length);
        var blocks = GemmPlan.Blocks(rows, TileRows);
        var sums = (long)blocks * TileRows * GemmPlan.Blocks(columns, lanes) * lanes;
        var wanted = LoopItems.For(limits, (double)rows * l, 2.0 * rows * columns * l);
        var most = Math.Min(wanted, Math.Max(1, MostSums / sums));
        var segments = (int)Math.Clamp(l / (2 * stretch), 1, most);
        var length = stretch * GemmPlan.Blocks(GemmPlan.Blocks(l, segments), stretch);
        segments = GemmPlan.Blocks(l, length);
        var parts = Math.Clamp(GemmPlan.Blocks(wanted, segments), 1, blocks);
        return new RowPanelPlan(
            1, rows, columns, l, lanes, stretch, segments, length, parts,
            Math.Min(wanted, segments * parts), true);
    }

    /// <summary>The plan as kernels take it.</summary>
    internal RowPanelArguments Arguments() => new()
    {
        Batch = Batch,
        RowBlocks = RowBlocks,
        RowParts = RowParts,
        Panels = Panels,
        L = L,
        Segments = Segments,
        SegmentLength = SegmentLength,
        Stretch = Stretch,
        SlotLength = SlotLength,
        SumsAt = SumsAt,
        SumsWorker = KeepsSums ? 0 : Tile,
        SumsSegment = KeepsSums ? SumsSegment : 0,
        SumsBlock = KeepsSums ? Panels * Tile : 0,
        SumsPanel = KeepsSums ? Tile : 0,
    };
}
