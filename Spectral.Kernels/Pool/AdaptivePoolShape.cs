namespace Spectral.Kernels;

/// <summary>
/// Windows that divide planes [planes, height, width] into a given number of parts: output o of O covers
/// inputs ⌊o · I / O⌋ … ⌈(o + 1) · I / O⌉ − 1 of an axis, as in PyTorch. Kernels take this value as it is.
/// </summary>
/// <param name="Planes">Batch times channels.</param>
/// <param name="Height">Rows of a plane.</param>
/// <param name="Width">Columns of a plane.</param>
/// <param name="OutputHeight">Rows of the result.</param>
/// <param name="OutputWidth">Columns of the result.</param>
public readonly record struct AdaptivePoolShape(
    int Planes, int Height, int Width, int OutputHeight, int OutputWidth)
{
    /// <summary>Elements of the input.</summary>
    public long InputLength => (long)Planes * Height * Width;

    /// <summary>Elements of the result.</summary>
    public long OutputLength => (long)Planes * OutputHeight * OutputWidth;

    /// <summary>Refuses empty planes and results.</summary>
    /// <exception cref="InvalidInputException">An extent is below 1.</exception>
    public void Validate(string operation) => Throw.Unless(
        Height > 0 && Width > 0 && OutputHeight > 0 && OutputWidth > 0, operation,
        $"{OutputHeight}×{OutputWidth} of planes {Height}×{Width}", "1 or more of each",
        "give positive sizes");

    /// <summary>First input that output <paramref name="o"/> covers.</summary>
    internal static int First(int o, int inputs, int outputs) => o * inputs / outputs;

    /// <summary>One past the last input that output <paramref name="o"/> covers.</summary>
    internal static int End(int o, int inputs, int outputs) => (((o + 1) * inputs) + outputs - 1) / outputs;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Planes} planes {Height}×{Width} to {OutputHeight}×{OutputWidth}";
}
