namespace Spectral.Kernels;

/// <summary>
/// A truncated real transform of many planes. Spectra are [columns kept][rows kept][2][planes], the rows in
/// the order 0, 1, −1, 2, −2 …, so that a narrower band of the same circle is the beginning of each column.
/// With one row to a plane it is the transform of a row. A value.
/// </summary>
/// <param name="Planes">Number of planes.</param>
/// <param name="H">Vertical axis, transformed second, both signs kept.</param>
/// <param name="W">Horizontal axis, transformed first, of which half is stored.</param>
public readonly record struct PlaneTransformPlan(int Planes, AxisSamples H, AxisSamples W)
{
    /// <summary>Kept coefficients of a plane.</summary>
    public int Frequencies => W.Kept * H.Band.BothSigns;

    /// <summary>Samples of a plane.</summary>
    public int PlaneLength => H.Length * W.Length;

    /// <summary>Real numbers in the planes: [planes][height][width].</summary>
    public long SampleCount => (long)Planes * PlaneLength;

    /// <summary>Real numbers in the spectrum: [frequencies][2][planes].</summary>
    public long SpectrumCount => 2L * Frequencies * Planes;

    /// <summary>
    /// Multiply-adds of one such transform as GPUs run it: rows alone, one product with the whole plane, or rows and
    /// then a complex product along each kept column.
    /// </summary>
    public double MultiplyAdds => IsOneRow ? Rows.MultiplyAdds
        : FavoursPlane && !PlaneBlocks.IsWorthwhile(this) ? 2.0 * Frequencies * SampleCount
        : Rows.MultiplyAdds + (4.0 * Frequencies * Planes * H.Length);

    /// <summary>Whether samples and bins lie on their circles.</summary>
    public bool IsValid => Planes >= 1 && H.IsValid && W.IsValid;

    /// <summary>
    /// Real operations of one transform by matrices, the cheaper of one for the plane and one an axis, where along
    /// columns frequencies of both signs share their products.
    /// </summary>
    public double Flops => Math.Min(FlopsOfPlane, FlopsOfAxes);

    /// <summary>The same where along both axes half of a wave meets sums and differences of pairs of samples.</summary>
    internal double FoldedFlops => Math.Min(FlopsOfPlane, IsFolded ? FlopsOfAxes / 2 : FlopsOfAxes);

    /// <summary>
    /// Real operations by matrices that take as long as the transform does on a CPU, which may take a fast one:
    /// what planners compare.
    /// </summary>
    public double EquivalentFlops => IsOneRow && W.LowPass is null
        ? Planes * Math.Min(Rows.OperationsOfMatrix, Rows.OperationsOfFft)
        : FavoursFftInLanes ? Math.Min(FoldedFlops, FastFlops) : FoldedFlops;

    /// <summary>Whether there is one row on a circle of 1: then only the rows are transformed.</summary>
    internal bool IsOneRow => H.FftLength == 1;

    internal BandTransformPlan Rows => new(W.FftLength, W.Kept, W.Length, W.Start, W.Step, Planes * H.Length);

    /// <summary>Whether fast transforms exist: of circles that are not too long, with samples as they are.</summary>
    internal bool HasFft => this is
    {
        H: { LowPass: null, FftLength: <= FftPlanner.MaxLength },
        W: { LowPass: null, FftLength: <= FftPlanner.MaxLength },
    };

    /// <summary>
    /// Whether, on GPUs, fast transforms beat products with matrices, whose cost grows with the square of the circle
    /// (measured on an H200).
    /// </summary>
    internal bool FavoursFft =>
        HasFft && PlaneLength > PlaneBlocks.SmallPlane && FlopsOfAxes > OperationsOfCellGpu * Planes * H.FftLength * W.FftLength
            * Math.Max(FftPlanner.SlownessOfLargePrimes(H.FftLength), FftPlanner.SlownessOfLargePrimes(W.FftLength));

    /// <summary>
    /// Whether, on GPUs, one product for the whole plane beats one an axis, which are two launches of smaller products
    /// (nanoseconds, measured on an H200).
    /// </summary>
    internal bool FavoursPlane => !FavoursFft && 2L * Frequencies * PlaneLength <= BandTransformPlan.LargestMatrixOfGpu
        && 3500 + (6e-5 * FlopsOfPlane) < 8500 + (8e-5 * FlopsOfAxes);

    /// <summary>
    /// The same where fast transforms run in lanes: on circles of 64 and more, unless so little is kept, or there
    /// are so few samples, that matrices are done sooner (measured on two cores).
    /// </summary>
    internal bool FavoursFftInLanes =>
        HasFft && Math.Min(H.FftLength, W.FftLength) >= 64 && Flops > 200.0 * Planes * H.FftLength * W.FftLength;

    private const double OperationsOfCellGpu = 40;

    private bool IsFolded => !IsOneRow && FoldedAxis.IsFolded(H) && FoldedAxis.IsFolded(W);

    private double FlopsOfPlane => 4.0 * Planes * Frequencies * PlaneLength;

    private double FlopsOfAxes =>
        4.0 * Planes * W.Kept * H.Length * (W.Length + (IsOneRow ? 0 : 2.0 * H.Kept));

    // Rows, and then complex columns as far as they are kept.
    private double FastFlops =>
        ((double)H.Length * Planes * Rows.OperationsOfFft) + (150.0 * 2 * W.Kept * H.FftLength * Planes);

    /// <summary>
    /// Signed frequency of a kept row of the spectrum: 0, 1, −1, 2, −2 …; the last of an even circle kept
    /// whole is S/2.
    /// </summary>
    internal static int SignedFrequency(int row) => row % 2 == 0 ? -(row / 2) : (row / 2) + 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Planes} planes, rows: {H}, columns: {W}";
}
