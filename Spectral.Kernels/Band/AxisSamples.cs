namespace Spectral.Kernels;

/// <summary>
/// Samples on the circle of one axis: sample l lies at position start + l·step, everything else is zero;
/// a value.
/// </summary>
/// <param name="Band">The circle and the bins kept.</param>
/// <param name="Length">Samples.</param>
/// <param name="Start">Position of the first sample.</param>
/// <param name="Step">Positions from one sample to the next.</param>
public readonly record struct AxisSamples(BandAxis Band, int Length, int Start, int Step)
{
    /// <summary>
    /// A low-pass, on another circle, of the samples before they are transformed, or null: what lies on this
    /// circle is its result. Transform and low-pass are then one matrix.
    /// </summary>
    public AxisMap? LowPass { get; init; }

    /// <summary>Circle length S.</summary>
    public int FftLength => Band.FftLength;

    /// <summary>Kept bins k of a real transform.</summary>
    public int Kept => Band.Kept;

    /// <summary>Whether samples and bins lie on the circle.</summary>
    public bool IsValid => Band.IsValid && Length >= 1 && Start >= 0 && Step >= 1 && LastPosition < FftLength
        && (LowPass is not { } map || (map.IsValid && map.Length == Length));

    private long LastPosition => Start + (((LowPass?.OutputLength ?? Length) - 1L) * Step);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Length} samples from {Start} by {Step}, {Band}{(LowPass is { } map ? $" after {map}" : "")}";
}
