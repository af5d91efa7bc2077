namespace Spectral.Kernels;

/// <summary>
/// An ideal low-pass along one axis, sampled anew: samples on one circle are transformed, cut to the lowest
/// bins, and taken back at points of a circle that may be finer or coarser; a value. Along a row it is the
/// product with a fixed real matrix (a Dirichlet kernel).
/// </summary>
/// <param name="Band">Circle of the input and the bins kept.</param>
/// <param name="Length">Input samples.</param>
/// <param name="Start">Position of the first.</param>
/// <param name="OutputLength">Output samples, from position 0 of their circle on.</param>
/// <param name="OutputCircle">Points of the circle that the output is sampled on.</param>
public readonly record struct AxisMap(BandAxis Band, int Length, int Start, int OutputLength, int OutputCircle)
{
    /// <summary>An axis that is left as it is.</summary>
    public static AxisMap Identity(int length) =>
        new(new BandAxis(length, FftSize.Half(length)), length, 0, length, length);

    /// <summary>Whether nothing changes.</summary>
    public bool IsIdentity => Band.IsFull && Start == 0 && Length == OutputLength && Band.FftLength == OutputCircle;

    /// <summary>Whether samples and bins lie on the circle.</summary>
    public bool IsValid =>
        Band.IsValid && Length >= 1 && Start >= 0 && Start + Length <= Band.FftLength && OutputLength >= 1
        && OutputCircle >= 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Length} to {OutputLength} samples through {Band}";
}
