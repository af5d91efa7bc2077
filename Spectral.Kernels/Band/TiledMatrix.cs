namespace Spectral.Kernels;

/// <summary>
/// A matrix [rows][columns] as kernels walk it: blocks of rows, [block][column][height], zero beyond the last
/// row.
/// </summary>
/// <param name="Matrix">The matrix, row-major, or its transpose.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Height">Rows of a block.</param>
internal readonly record struct TiledMatrix(IBandMatrix Matrix, int Rows, int Columns, int Height) : IBandMatrix
{
    /// <summary>Whether what is given is the transpose, [columns][rows].</summary>
    public bool IsTransposed { get; init; }

    public double[] Compute()
    {
        var values = Matrix.Compute();
        var (down, along) = IsTransposed ? (1, Rows) : (Columns, 1);
        var tiled = new double[GemmPlan.Blocks(Rows, Height) * Columns * Height];
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++)
                tiled[(((row / Height * Columns) + column) * Height) + (row % Height)]
                    = values[(row * down) + (column * along)];
        return tiled;
    }
}
