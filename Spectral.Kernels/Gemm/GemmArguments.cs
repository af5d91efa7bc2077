namespace Spectral.Kernels;

/// <summary>A <see cref="GemmPlan"/> as kernels take it. Strides in elements.</summary>
internal struct GemmArguments(GemmPlan plan)
{
    public int Batch = plan.Shape.Batch, M = plan.Shape.M, P = plan.Shape.P, L = plan.Shape.L;
    public int Segments = plan.Segments, SegmentLength = plan.SegmentLength;
    public int AStart = plan.Shape.Offset.A, ABatch = plan.Shape.A.Batch;
    public int ARow = plan.Shape.A.Row, AL = plan.Shape.A.L;
    public int BStart = plan.Shape.Offset.B, BBatch = plan.Shape.B.Batch;
    public int BL = plan.Shape.B.L, BColumn = plan.Shape.B.Column, BBlock = 0;
    public int CStart = plan.Shape.Offset.C, CBatch = plan.Shape.C.Batch, CRow = plan.Shape.C.Row;

    /// <summary>0 none, 1 by columns, 2 by rows; row biases repeat after BiasLength.</summary>
    public int Bias, BiasLength = 1;

    /// <summary>1 adds to what C holds.</summary>
    public int Accumulate;

    /// <summary>Reads B from panels [batch][block][l][width]: all that a work-item walks is one run.</summary>
    public void UsePanels(int width)
    {
        (BStart, BL, BColumn, BBlock) = (0, width, 0, width * L);
        BBatch = BBatch == 0 ? 0 : BBlock * ((P + width - 1) / width);
    }

    /// <summary>Reads the parts of all the batch as parts of one product.</summary>
    public void SumBatch() => (Batch, Segments) = (1, Batch * Segments);

    /// <summary>Writes the parts densely to scratch: [batch][segment][m][p].</summary>
    public void WriteParts()
    {
        (CStart, CBatch, CRow) = (0, M * P, P);
        (Bias, Accumulate) = (0, 0);
    }
}
