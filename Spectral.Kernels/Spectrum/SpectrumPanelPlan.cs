using System.Runtime.Intrinsics;

namespace Spectral.Kernels;

/// <summary>How a product of spectra by panels is cut up.</summary>
/// <param name="Frequencies">Frequencies, each with a product of its own.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="L">The contracted length.</param>
/// <param name="Lanes">Columns of a panel: one register of the host, which runs these.</param>
/// <param name="Stretch">The part of the contracted length that is packed at a time.</param>
/// <param name="RowParts">Parts that the rows are dealt to, where there are too few panels.</param>
/// <param name="Workers">Work-items, each with scratch of its own.</param>
internal readonly record struct SpectrumPanelPlan(
    int Frequencies, int Rows, int Columns, int L, int Lanes, int Stretch, int RowParts, int Workers)
{
    /// <summary>Rows of a tile, whatever the type.</summary>
    internal const int TileRows = 4;

    /// <summary>Bytes of a stretch's panel: with its rows it stays in the first cache.</summary>
    private const int StretchBytes = 16 * 1024;

    /// <summary>Bytes of the sums of a filter's gradient.</summary>
    private const int SumsBytes = 128 * 1024;

    private const int ItemsPerCore = 8;

    /// <summary>Lanes of the widest panel.</summary>
    internal const int MostLanes = 16;

    /// <summary>Samples of a filter whose gradient is summed; 0 for a product of spectra.</summary>
    internal int Taps { get; init; }

    /// <summary>Blocks of rows.</summary>
    public int RowBlocks => GemmPlan.Blocks(Rows, TileRows);

    /// <summary>Panels of columns.</summary>
    public int Panels => GemmPlan.Blocks(Columns, Lanes);

    /// <summary>Elements of scratch.</summary>
    public long ScratchLength => (long)Workers * SlotLength;

    private int SumsAt => 2 * Stretch * Lanes;

    private int Tile => 2 * TileRows * Lanes;

    private int SlotLength => Taps > 0
        ? SumsAt + Tile + (GemmPlan.Blocks(RowBlocks, RowParts) * Taps * Tile / 2)
        : SumsAt + ((Stretch < L ? GemmPlan.Blocks(RowBlocks, RowParts) : 1) * Tile);

    private static int LanesOf(DType type) => (Vector512.IsHardwareAccelerated ? 64 : 32) / type.SizeOf();

    /// <summary>The plan for a device of so many cores.</summary>
    /// <param name="frequencies">Frequencies.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="l">The contracted length.</param>
    /// <param name="type">Element type.</param>
    /// <param name="cores">Cores to keep busy.</param>
    internal static SpectrumPanelPlan For(
        int frequencies, int rows, int columns, int l, DType type, int cores)
    {
        var lanes = LanesOf(type);
        var stretches = GemmPlan.Blocks(l, StretchBytes / (2 * lanes * type.SizeOf()));
        var stretch = TileRows * GemmPlan.Blocks(GemmPlan.Blocks(l, stretches), TileRows);
        var panels = (long)frequencies * GemmPlan.Blocks(columns, lanes);
        var wanted = cores * ItemsPerCore;
        var parts = (int)Math.Clamp(
            wanted / panels, 1, Math.Max(1, GemmPlan.Blocks(rows, TileRows) / 4));
        var workers = (int)Math.Min(wanted, panels * parts);
        return new SpectrumPanelPlan(frequencies, rows, columns, l, lanes, stretch, parts, workers);
    }

    /// <summary>
    /// The plan of a gradient of filters' samples: the work is dealt out by panels and rows alone, so that
    /// each adds all frequencies to sums of its own, few enough to stay in its core's second cache.
    /// </summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="l">The contracted length.</param>
    /// <param name="taps">Samples of a filter.</param>
    /// <param name="type">Element type.</param>
    /// <param name="cores">Cores to keep busy.</param>
    internal static SpectrumPanelPlan ForTaps(int rows, int columns, int l, int taps, DType type, int cores)
    {
        var lanes = LanesOf(type);
        var (panels, blocks) = (GemmPlan.Blocks(columns, lanes), GemmPlan.Blocks(rows, TileRows));
        var sums = taps * TileRows * lanes * type.SizeOf();
        var parts = Math.Max(
            GemmPlan.Blocks(blocks, Math.Max(1, SumsBytes / sums)),
            Math.Min(GemmPlan.Blocks(cores * ItemsPerCore, panels), Math.Max(1, blocks / 4)));
        return new SpectrumPanelPlan(
            1, rows, columns, l, lanes, l, parts, Math.Min(cores * ItemsPerCore, panels * parts))
        { Taps = taps };
    }

    /// <summary>The plan as kernels take it.</summary>
    internal SpectrumPanelArguments Arguments(ComplexGemmArguments g) => new()
    {
        Frequencies = g.Frequencies,
        Rows = g.Rows,
        Columns = g.Columns,
        L = g.L,
        ARow = g.ARow,
        AL = g.AL,
        APlane = g.APlane,
        BL = g.BL,
        BColumn = g.BColumn,
        BPlane = g.BPlane,
        RowBlocks = RowBlocks,
        RowParts = RowParts,
        Panels = Panels,
        Stretch = Stretch,
        SlotLength = SlotLength,
        SumsAt = SumsAt,
        SumsStep = Stretch < L ? 1 : 0,
    };
}
