namespace Spectral.Kernels;

/// <summary>
/// The two matrices of a <see cref="FoldedAxis"/>, the one for sums of pairs of samples and then the one for
/// differences: there [frequencies][terms], back [terms][frequencies], each filled up with zeros to whole blocks of
/// rows, in which kernels walk them: [block][column][height].
/// </summary>
/// <param name="Axis">The axis.</param>
/// <param name="Use">What they are for.</param>
/// <param name="Height">Rows of a block.</param>
internal readonly record struct FoldedMatrix(AxisSamples Axis, FoldedUse Use, int Height) : IBandMatrix
{
    /// <summary>Elements of the first matrix.</summary>
    internal int HalfLength => GemmPlan.Blocks(Rows, Height) * Height * Columns;

    private int Rows => Use == FoldedUse.Analysis ? Axis.Kept : FoldedAxis.Terms(Axis);

    private int Columns => Use == FoldedUse.Analysis ? FoldedAxis.Terms(Axis) : Axis.Kept;

    public double[] Compute()
    {
        var waves = FoldedAxis.Waves(Axis);
        var values = new double[2 * HalfLength];
        for (var row = 0; row < Rows; row++)
            for (var column = 0; column < Columns; column++)
            {
                var (frequency, sample) = Use == FoldedUse.Analysis ? (row, column) : (column, row);
                var (even, odd) = waves(frequency, sample);
                var at = (((row / Height * Columns) + column) * Height) + (row % Height);
                values[at] = even * Scale(frequency) * Share(sample);
                values[HalfLength + at] = odd * Scale(frequency);
            }

        return values;
    }

    private double Scale(int frequency) => Use switch
    {
        FoldedUse.Analysis => 1,
        FoldedUse.RealSynthesis => BandEnergy.Weight(frequency, Axis.FftLength) / Axis.FftLength,
        _ => 1.0 / Axis.FftLength,
    };

    /// <summary>The middle is a pair with itself, whose sum has it twice.</summary>
    private double Share(int sample) =>
        FoldedAxis.IsFolded(Axis) && Use == FoldedUse.Analysis && (2 * sample) + 1 == Axis.Length ? 0.5 : 1;
}

/// <summary>What a <see cref="FoldedMatrix"/> is for.</summary>
internal enum FoldedUse
{
    /// <summary>Samples to frequencies.</summary>
    Analysis,

    /// <summary>
    /// Half of a spectrum to real samples, scaled by 1/S, bins as often as the whole spectrum has them.
    /// </summary>
    RealSynthesis,

    /// <summary>Frequencies of both signs to complex samples, scaled by 1/S.</summary>
    ComplexSynthesis,
}

/// <summary>
/// e^(−i·turn) of every frequency of a plane in the order of its spectrum, [frequencies][2], or its conjugate for
/// the way back.
/// </summary>
internal readonly record struct PlaneTurns(AxisSamples H, AxisSamples W, bool IsInverse) : IBandMatrix
{
    /// <summary>The same of rows.</summary>
    internal static PlaneTurns OfRows(AxisSamples axis, bool isInverse) =>
        new(new AxisSamples(new BandAxis(1, 1), 1, 0, 1), axis, isInverse);

    public double[] Compute()
    {
        var rows = H.Band.BothSigns;
        var values = new double[2 * W.Kept * rows];
        for (var f = 0; f < W.Kept * rows; f++)
        {
            var turn = FoldedAxis.Turn(W, f / rows)
                + FoldedAxis.Turn(H, PlaneTransformPlan.SignedFrequency(f % rows));
            var (sin, cos) = Math.SinCos(turn);
            (values[2 * f], values[(2 * f) + 1]) = (cos, IsInverse ? sin : -sin);
        }

        return values;
    }
}
