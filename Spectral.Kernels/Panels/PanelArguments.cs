namespace Spectral.Kernels;

/// <summary>How the work of a product by panels is shared out; lengths in elements.</summary>
internal struct PanelArguments
{
    /// <summary>Products with operands of their own.</summary>
    public int Batch;

    /// <summary>Rows, blocks of six of them, and parts that these are dealt to.</summary>
    public int Rows, RowBlocks, RowParts;

    /// <summary>Panels of columns.</summary>
    public int Panels;

    /// <summary>The contracted length, and the stretch of it that is packed at a time.</summary>
    public int L, Stretch;

    /// <summary>Scratch of a work-item: first a panel, then the sums.</summary>
    public int SlotLength, SumsAt;

    /// <summary>1 if every tile has its own sums, between stretches; 0 if one place serves all.</summary>
    public int SumsStep;
}
