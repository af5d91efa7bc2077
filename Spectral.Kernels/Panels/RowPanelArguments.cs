namespace Spectral.Kernels;

/// <summary>How the work of a product by rows is shared out; lengths in elements.</summary>
internal struct RowPanelArguments
{
    /// <summary>Products with operands of their own, and the distance of their panels; 0 if shared.</summary>
    public int Batch, PanelBatch;

    /// <summary>Blocks of six rows, parts that these are dealt to, panels of columns.</summary>
    public int RowBlocks, RowParts, Panels;

    /// <summary>
    /// The contracted length, the parts of it that are summed apart, their length, and the stretch of which
    /// rows are copied at a time.
    /// </summary>
    public int L, Segments, SegmentLength, Stretch;

    /// <summary>Copied rows of a work-item; where the sums start behind all of them.</summary>
    public int SlotLength, SumsAt;

    /// <summary>Distance of the sums: of a work-item, a segment, a block of rows, a panel.</summary>
    public int SumsWorker, SumsSegment, SumsBlock, SumsPanel;
}
