namespace Spectral.Kernels;

/// <summary>Along which axis of a product a bias is added.</summary>
public enum GemmBias
{
    /// <summary>No bias.</summary>
    None,

    /// <summary>One number for each column: bias[p].</summary>
    Columns,

    /// <summary>One number for each row, repeated: bias[m mod its length].</summary>
    Rows,
}

/// <summary>
/// Sizes and strides of a batched product C[b][m][p] = Σ_l A[b,m,l] · B[b,l,p]. Strides are counted in
/// elements; a stride of 0 repeats an operand. The columns of C are contiguous.
/// </summary>
/// <param name="Batch">Number of products.</param>
/// <param name="M">Rows of A and C.</param>
/// <param name="P">Columns of B and C.</param>
/// <param name="L">The contracted length.</param>
public readonly record struct GemmShape(int Batch, int M, int P, int L)
{
    /// <summary>Strides of A by batch, row and contracted index; by default dense [b][m][l].</summary>
    public (int Batch, int Row, int L) A { get; init; } = (M * L, L, 1);

    /// <summary>Strides of B by batch, contracted index and column; by default dense [b][l][p].</summary>
    public (int Batch, int L, int Column) B { get; init; } = (L * P, P, 1);

    /// <summary>Strides of C by batch and row; by default dense [b][m][p].</summary>
    public (int Batch, int Row) C { get; init; } = (M * P, P);

    /// <summary>First element of A, B and C in their arrays.</summary>
    public (int A, int B, int C) Offset { get; init; }

    /// <summary>Whether C is the sum of all the batch's products, C[m][p], in their order.</summary>
    public bool SumsBatch { get; init; }

    /// <summary>Multiply-adds of the product, times two.</summary>
    public double Flops => 2.0 * Batch * M * P * L;

    /// <summary>y[n][k] = Σ_c x[n][c] · w[k][c]: a linear layer, whose weight is stored by outputs.</summary>
    public static GemmShape Linear(int rows, int inputs, int outputs) =>
        new(1, rows, outputs, inputs) { B = (0, 1, inputs) };

    /// <summary>C = Aᵀ·B for A stored [l][m], B stored [l][p]: the weight gradient of a linear layer.</summary>
    public static GemmShape LeftTransposed(int m, int p, int l) => new(1, m, p, l) { A = (0, 1, m) };

    /// <inheritdoc/>
    public override string ToString() => $"{Batch} products of {M}x{L} by {L}x{P}";
}
