namespace Spectral.Kernels;

/// <summary>A band-limited transform of real rows on a circle of which only some positions are samples.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Circle">S, the length of the transform.</param>
/// <param name="Bins">k, the bins 0 … k−1 of the half spectrum that exist; at most S/2+1.</param>
/// <param name="Samples">Samples of a row.</param>
/// <param name="Start">Position of the first sample on the circle.</param>
/// <param name="Step">Positions from one sample to the next.</param>
internal readonly record struct BandFftShape(
    int Rows, int Circle, int Bins, int Samples, int Start, int Step)
{
    /// <summary>Whether bins and samples lie on the circle.</summary>
    internal bool IsValid =>
        Rows >= 1 && Circle is >= 1 and <= FftPlanner.MaxLength && Bins >= 1 && Bins <= (Circle / 2) + 1
        && Samples >= 1 && Start >= 0 && Step >= 1 && Start + ((Samples - 1L) * Step) < Circle;
}
