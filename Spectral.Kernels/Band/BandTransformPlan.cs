namespace Spectral.Kernels;

/// <summary>
/// A truncated real transform of many rows. Sample l of a row lies at position start + l·step of a
/// circle of <paramref name="FftLength"/>; everything else on the circle is zero.
/// </summary>
/// <param name="FftLength">S, the length of the circle.</param>
/// <param name="Kept">k, the lowest bins that exist: 0 … k−1 of S/2+1.</param>
/// <param name="Length">Samples of a row.</param>
/// <param name="Start">Position of the first sample.</param>
/// <param name="Step">Positions from one sample to the next.</param>
/// <param name="Rows">Number of rows.</param>
public readonly record struct BandTransformPlan(
    int FftLength, int Kept, int Length, int Start, int Step, int Rows)
{
    /// <summary>Real numbers in the rows: [rows][length].</summary>
    public long SampleCount => (long)Rows * Length;

    /// <summary>Real numbers in the spectrum: [k][2][rows].</summary>
    public long SpectrumCount => 2L * Kept * Rows;

    /// <summary>Whether samples and bins lie on the circle.</summary>
    public bool IsValid =>
        FftLength >= 1 && Kept >= 1 && Kept <= (FftLength / 2) + 1 && Length >= 1 && Rows >= 1
        && Start >= 0 && Step >= 1 && Start + ((Length - 1L) * Step) < FftLength;

    internal AxisSamples Axis => new(new BandAxis(FftLength, Kept), Length, Start, Step);

    /// <summary>
    /// Multiply-adds of one such transform as GPUs run it: of the matrix product, or 5/4 · S · log₂S a row for a
    /// fast transform of real numbers.
    /// </summary>
    public double MultiplyAdds => FavoursMatrix
        ? 2.0 * Kept * SampleCount
        : 1.25 * Rows * FftLength * Math.Log2(FftLength);

    internal BandFftShape Fft => new(Rows, FftLength, Kept, Length, Start, Step);

    /// <summary>
    /// Whether a product with a matrix of sines beats, on GPUs, a fast transform that is cut afterwards: for short rows
    /// and for few bins (measured on an H200).
    /// </summary>
    internal bool FavoursMatrix =>
        2L * Length * Kept <= LargestMatrixOfGpu
        && 4.0 * Length * Kept < OperationsOfCellGpu * FftLength * FftPlanner.SlownessOnGpu(FftLength)
            * Math.Max(1, FftLength / LongCircle);

    /// <summary>
    /// The same where both run in lanes, fast transforms with eight rows in a vector register and matrices with half
    /// of themselves (see <see cref="RowLanes"/> and <see cref="BroadcastRows"/>).
    /// </summary>
    internal bool FavoursMatrixInLanes => OperationsOfMatrix < OperationsOfFft;

    /// <summary>
    /// Operations for one row of a product with half of the matrix, and as many as it takes as long to turn the
    /// samples into pairs, those of short rows also into lanes (measured on two cores with AVX-512, for 44 to 78 and for
    /// 98 to 1639 samples).
    /// </summary>
    internal double OperationsOfMatrix => Length * (((RowLanes.IsLegal(this) ? 1.2 : 0.75) * Kept) + 10);

    /// <summary>
    /// Operations of a matrix product that take as long as a fast transform of one row, in lanes: about as many for
    /// each cell of the circle (measured alike, for circles of 45 to 1680), more for odd circles.
    /// </summary>
    internal double OperationsOfFft => OperationsOfFftBy(OddInLanes);

    /// <summary>The same with odd circles so many times as long, and five times with a large prime factor.</summary>
    internal double OperationsOfFftBy(double odd)
    {
        var isSmooth = FftPlanner.Radices(IsOdd ? FftLength : FftLength / 2) is not null;
        return OperationsOfCell * FftLength * (IsOdd ? odd : 1) * (isSmooth ? 1 : 5);
    }

    /// <summary>How many times as long an odd circle takes, in lanes.</summary>
    internal const double OddInLanes = 1.7;

    /// <summary>Elements of a matrix on GPUs at most: several, for both ways, must fit the cache of matrices.</summary>
    internal const long LargestMatrixOfGpu = 1 << 21;

    private const double OperationsOfCell = 32, OperationsOfCellGpu = 30;

    // Of a longer circle a group holds so few rows that the bins of neighbouring rows are written in small pieces.
    private const double LongCircle = 768;

    private bool IsOdd => FftLength % 2 == 1;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Rows} rows of {Length} from {Start} by {Step} on a circle of {FftLength}, {Kept} bins";
}
