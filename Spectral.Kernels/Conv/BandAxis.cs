namespace Spectral.Kernels;

/// <summary>One axis of a spectrum: the circle it is taken on, and how much of it is kept; a value.</summary>
/// <param name="FftLength">Circle length S.</param>
/// <param name="Kept">The lowest bins kept, 0 … k−1, of S/2+1.</param>
public readonly record struct BandAxis(int FftLength, int Kept)
{
    /// <summary>Stored bins of a real transform: S/2+1.</summary>
    public int Half => FftSize.Half(FftLength);

    /// <summary>Bins kept of a complex transform: those of both signs, 2k−1, or all S.</summary>
    public int BothSigns => Math.Min((2 * Kept) - 1, FftLength);

    /// <summary>Whether nothing is discarded.</summary>
    public bool IsFull => Kept == Half;

    /// <summary>Whether the circle and the number of bins are in range.</summary>
    public bool IsValid => FftLength >= 1 && Kept >= 1 && Kept <= Half;

    /// <summary>
    /// Bands of both axes of an image, from the narrowest to the whole, each within the next: the same fraction of
    /// both, rounded up, and between two of these the rows of the wider with the columns of the narrower. On short
    /// circles squares alone would be far apart: of a circle of 9 the two widest hold 28 and 45 coefficients.
    /// </summary>
    internal static IEnumerable<(BandAxis H, BandAxis W)> Growing(int height, int width)
    {
        var (tall, wide) = (FftSize.Half(height), FftSize.Half(width));
        var steps = Math.Max(tall, wide);
        var columns = Axis(width, wide, 1);
        for (var step = 1; step <= steps; step++)
        {
            var rows = Axis(height, tall, step);
            yield return (rows, columns);
            columns = Axis(width, wide, step);
            yield return (rows, columns);
        }

        BandAxis Axis(int circle, int half, int step) => new(circle, ((half * step) + steps - 1) / steps);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kept} of {Half} bins of a circle of {FftLength}";
}
