namespace Spectral.Kernels;

/// <summary>An <see cref="ITile"/> as the host sees it, and what a product by such tiles is expected to take.</summary>
internal readonly record struct TileSize(int Rows, int Columns, int Depth, int Parts)
{
    // Processor cycles, fitted to 60 complex and 40 real products on an H200: of a group apart from its slices; of a slice
    // on its way from the second cache; turns of the arithmetic's own cycles that a slice takes where a group is alone.
    private const double Start = 3000, SliceLatency = 550, ArithmeticAlone = 1.4;

    // Multiply-adds that a multiprocessor starts a cycle, the share of them that is reached from tiles of so many rows and
    // columns together on, and groups that it holds at once.
    private const double MultiplyAdds = 128, Efficiency = 0.56, EfficientSides = 60;
    private const int Resident = 4;

    private static readonly TileSize[] All =
        [Of<Tile64x64>(), Of<Tile32x64>(), Of<Tile32x32>(), Of<Tile16x32>(), Of<Tile16x16>()];

    /// <summary>Name of the candidates that run it.</summary>
    internal string Name => $"tile{Rows}x{Columns}";

    /// <summary>Work-items of a group.</summary>
    internal int Threads => Rows * Columns / 16 * Parts;

    internal static TileSize Of<TTile>() where TTile : struct, ITile =>
        new(TTile.Rows, TTile.Columns, TTile.Depth, TTile.Parts);

    /// <summary>The one that is expected to take least of those that a device can run.</summary>
    internal static TileSize Cheapest(
        ComputeDevice device, int products, int rows, int columns, int length, bool complex)
    {
        var (cheapest, least) = (All[0], double.PositiveInfinity);
        foreach (var size in All)
        {
            var cycles = size.Cycles(products, rows, columns, length, device.Limits.Cores, complex);
            if (cycles < least && size.IsLegal(device))
                (cheapest, least) = (size, cycles);
        }

        return cheapest;
    }

    /// <summary>Whether a device runs groups of such a size with barriers.</summary>
    internal bool IsLegal(ComputeDevice device) =>
        device.Quirks.RunsTiles && device.Limits.MaxGroupSize >= Threads;

    /// <summary>A group for each tile.</summary>
    internal LaunchShape Launch(int products, int rows, int columns) =>
        new((int)Math.Min(Tiles(products, rows, columns), 1 << 16), Threads);

    /// <summary>Tiles of some products.</summary>
    internal long Tiles(int products, int rows, int columns) =>
        (long)products * GemmPlan.Blocks(rows, Rows) * GemmPlan.Blocks(columns, Columns);

    /// <summary>Predicted cycles: as many as the arithmetic takes, or the slices of a group one after another.</summary>
    /// <param name="products">How many products.</param>
    /// <param name="rows">Of each.</param>
    /// <param name="columns">Of each.</param>
    /// <param name="length">Contracted length.</param>
    /// <param name="cores">Multiprocessors.</param>
    /// <param name="complex">Whether a product of two numbers is four multiply-adds.</param>
    internal double Cycles(int products, int rows, int columns, int length, int cores, bool complex)
    {
        var tiles = Tiles(products, rows, columns);
        var (factor, depth) = complex ? (4, Depth) : (1, 2 * Depth);
        var busiest = (tiles + cores - 1) / cores;
        var efficiency = Efficiency * Math.Min(1, (Rows + Columns) / EfficientSides);
        var arithmetic = busiest
            * (((double)Rows * Columns * length * factor / MultiplyAdds / efficiency) + (Start / Resident));
        var mine = (double)depth / Parts * 16 * factor * Math.Max(1, Threads / 128);
        var slices = (double)GemmPlan.Blocks(length, depth) * (SliceLatency + (ArithmeticAlone * mine));
        var turns = (tiles + (cores * Resident) - 1) / (cores * Resident);
        return Math.Max(arithmetic, turns * slices) + Start;
    }
}
