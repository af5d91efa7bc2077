namespace Spectral.Kernels;

/// <summary>
/// How a complex transform of one length is put together: a value that describes everything and makes
/// nothing, compares by content and reads as a formula.
/// </summary>
/// <param name="Length">Number of complex points.</param>
public abstract record FftRecipe(int Length);

/// <summary>
/// Stages of small butterflies that sort themselves (Stockham, decimation in frequency): one for each
/// radix, first to last. A single stage is the transform by definition, spelled out.
/// </summary>
public sealed record StockhamRecipe : FftRecipe
{
    /// <summary>Makes the recipe; the length is the product of the radices.</summary>
    public StockhamRecipe(params IReadOnlyList<int> radices)
        : base(radices.Aggregate(1, (a, b) => a * b)) => Radices = radices;

    /// <summary>The radices in order of execution; none for length 1.</summary>
    public IReadOnlyList<int> Radices { get; }

    /// <inheritdoc/>
    public bool Equals(StockhamRecipe? other) => other is not null && Radices.SequenceEqual(other.Radices);

    /// <inheritdoc/>
    public override int GetHashCode() => Radices.Aggregate(Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => $"{Length} = stockham({string.Join("·", Radices)})";
}

/// <summary>
/// A length too long for one tile, as a matrix: transforms of its columns, a twiddle for each element,
/// transforms of its rows, transposed result (Bailey's four steps).
/// </summary>
/// <param name="Columns">Transform along a column.</param>
/// <param name="Rows">Transform along a row.</param>
public sealed record FourStepRecipe(StockhamRecipe Columns, StockhamRecipe Rows)
    : FftRecipe(Columns.Length * Rows.Length)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Length} = four-step({Columns} × {Rows})";
}

/// <summary>
/// A length with a large prime factor, as a circular convolution with a chirp on a smooth length.
/// </summary>
/// <param name="Length">Number of complex points.</param>
/// <param name="Convolution">Transform of the convolution's length, at least 2·Length − 1.</param>
public sealed record BluesteinRecipe(int Length, FftRecipe Convolution) : FftRecipe(Length)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Length} = bluestein({Convolution})";
}
