namespace Spectral.Kernels;

/// <summary>The three products of a band-limited convolution, frequency by frequency.</summary>
public enum ComplexGemmForm
{
    /// <summary>Y[f][n][k] = Σ_c X[f][n][c] · conj(W[f][k][c]).</summary>
    Forward,

    /// <summary>dX[f][n][c] = Σ_k D[f][n][k] · W[f][k][c].</summary>
    InputGradient,

    /// <summary>dW[f][k][c] = Σ_n X[f][n][c] · conj(D[f][n][k]).</summary>
    FilterGradient,
}

/// <summary>
/// Sizes of a product of spectra, each planar and frequency-major: [f][2][rows][columns], a plane of
/// real parts, then a plane of imaginary parts, for each frequency.
/// </summary>
/// <param name="Form">Which product.</param>
/// <param name="Frequencies">Kept frequencies F.</param>
/// <param name="N">Images of the batch.</param>
/// <param name="C">Input channels.</param>
/// <param name="K">Output channels.</param>
public readonly record struct ComplexGemmShape(ComplexGemmForm Form, int Frequencies, int N, int C, int K)
{
    /// <summary>Real multiplications and additions.</summary>
    public double Flops => 8.0 * Frequencies * N * C * K;

    /// <summary>Real numbers in X (and dX): F·2·N·C.</summary>
    public long InputLength => 2L * Frequencies * N * C;

    /// <summary>Real numbers in W (and dW): F·2·K·C.</summary>
    public long FilterLength => 2L * Frequencies * K * C;

    /// <summary>Real numbers in Y (and D): F·2·N·K.</summary>
    public long OutputLength => 2L * Frequencies * N * K;

    /// <inheritdoc/>
    public override string ToString() => $"{Form} of {Frequencies} frequencies, N={N} C={C} K={K}";
}
