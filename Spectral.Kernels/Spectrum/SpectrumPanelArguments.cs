namespace Spectral.Kernels;

/// <summary>A product of spectra by panels as kernels take it; strides and lengths in elements.</summary>
internal struct SpectrumPanelArguments
{
    /// <summary>Sizes of one frequency's product.</summary>
    public int Frequencies, Rows, Columns, L;

    /// <summary>Strides of the left operand: along rows and l, and to the imaginary part.</summary>
    public int ARow, AL, APlane;

    /// <summary>The same of the right operand.</summary>
    public int BL, BColumn, BPlane;

    /// <summary>Samples of a filter, where the right operand is filters.</summary>
    public int Taps;

    /// <summary>Blocks of rows, the parts they are dealt to, and panels of columns.</summary>
    public int RowBlocks, RowParts, Panels;

    /// <summary>The part of L that is packed at a time.</summary>
    public int Stretch;

    /// <summary>Scratch of a work-item: first a panel, then the sums.</summary>
    public int SlotLength, SumsAt;

    /// <summary>1 if every tile has its own sums, between stretches; 0 if one place serves all.</summary>
    public int SumsStep;

    /// <summary>1 for panel by panel, each at all frequencies; 0 for frequency by frequency.</summary>
    public int PanelsFirst;

    /// <summary>Sizes and strides of a product.</summary>
    internal static SpectrumPanelArguments Of(ComplexGemmArguments g) => new()
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
    };
}
