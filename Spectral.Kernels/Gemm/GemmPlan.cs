namespace Spectral.Kernels;

/// <summary>How a product is cut up.</summary>
/// <param name="Shape">The product.</param>
/// <param name="Lanes">Adjacent columns that one work-item of a vector loop owns.</param>
/// <param name="PacksB">Whether B is first copied to panels of lanes.</param>
/// <param name="Segments">
/// Parts that the contracted length is cut into, each summed apart and then added in order.
/// </param>
/// <param name="SegmentLength">Length of a part (the last may be shorter).</param>
/// <param name="Gathers">Whether parts go to scratch first, even a single one.</param>
public readonly record struct GemmPlan(
    GemmShape Shape, int Lanes, bool PacksB, int Segments, int SegmentLength, bool Gathers)
{
    /// <summary>Rows that one work-item of a vector loop owns.</summary>
    internal const int VectorRows = 4;

    /// <summary>From as many rows on, and of such a length, panels pay also where B is contiguous.</summary>
    internal const int RowsForPanels = 192, LengthForPanels = 32;

    /// <summary>Parts are no shorter: below that the second pass costs more than it gives.</summary>
    internal const int ShortestSegment = 128;

    /// <summary>Elements of scratch for packed B.</summary>
    public long PackedLength =>
        !PacksB ? 0 : (long)PackedBatches * Blocks(Shape.P, Lanes) * Lanes * Shape.L;

    /// <summary>Different B to pack: one, where the batch shares it.</summary>
    internal int PackedBatches => Shape.B.Batch == 0 ? 1 : Shape.Batch;

    /// <summary>Elements of scratch for the parts.</summary>
    public long PartsLength => Gathers ? (long)Shape.Batch * Segments * Shape.M * Shape.P : 0;

    /// <summary>Cuts for the vector loop.</summary>
    /// <param name="shape">The product.</param>
    /// <param name="accumulates">Whether it is added to what C holds.</param>
    /// <param name="workers">Work-items that keep the device busy.</param>
    internal static GemmPlan Vector(GemmShape shape, bool accumulates, int workers)
    {
        var lanes = shape.P switch { >= 16 => 16, >= 8 => 8, >= 4 => 4, _ => 1 };
        var items = (long)shape.Batch * Blocks(shape.M, VectorRows) * Blocks(shape.P, lanes);
        var (segments, length) = Cut(shape.L, items, workers);

        // The last block of lanes overlaps the one before: harmless, unless results are added to.
        var gathers = segments > 1 || shape.SumsBatch || (accumulates && shape.P % lanes != 0);
        var packs = shape.B.Column != 1 || (shape.M >= RowsForPanels && shape.L >= LengthForPanels);
        return new GemmPlan(shape, lanes, packs && lanes > 1, segments, length, gathers);
    }

    /// <summary>Cuts for shared-memory tiles.</summary>
    internal static GemmPlan Tile(GemmShape shape, TileSize size, int groups)
    {
        var (segments, length) = Cut(shape.L, size.Tiles(shape.Batch, shape.M, shape.P), groups);
        return new GemmPlan(shape, 1, false, segments, length, segments > 1 || shape.SumsBatch);
    }

    internal static int Blocks(int length, int block) => (length + block - 1) / block;

    private static (int Segments, int Length) Cut(int length, long items, int wanted)
    {
        var segments = (int)Math.Clamp(wanted / Math.Max(1, items), 1, Math.Max(1, length / ShortestSegment));
        var each = Blocks(Math.Max(1, length), segments);
        return (Blocks(Math.Max(1, length), each), each);
    }
}
