namespace Spectral.Kernels;

/// <summary>
/// One product as kernels take it: out[f][row][column] = Σ_l a(row, l) · b(l, column) over planes of
/// real and imaginary parts. Strides in elements; the columns of the result are contiguous.
/// </summary>
internal struct ComplexGemmArguments(
    int frequencies, int rows, int columns, int length,
    (int Row, int L, int Plane) a, (int L, int Column, int Plane) b)
{
    public int Frequencies = frequencies, Rows = rows, Columns = columns, L = length;
    public int ARow = a.Row, AL = a.L, APlane = a.Plane;
    public int BL = b.L, BColumn = b.Column, BPlane = b.Plane;

    internal static ComplexGemmArguments Of(ComplexGemmShape s)
    {
        var (x, w, d) = (s.N * s.C, s.K * s.C, s.N * s.K);
        return s.Form switch
        {
            ComplexGemmForm.Forward => new(s.Frequencies, s.N, s.K, s.C, (s.C, 1, x), (1, s.C, w)),
            ComplexGemmForm.InputGradient => new(s.Frequencies, s.N, s.C, s.K, (s.K, 1, d), (s.C, 1, w)),
            _ => new(s.Frequencies, s.K, s.C, s.N, (1, s.K, d), (s.C, 1, x)),
        };
    }
}
