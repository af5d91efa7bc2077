namespace Spectral.Kernels;

/// <summary>
/// The matrix of a truncated transform, [2k][length]: for each bin a row for its real part and one for
/// its imaginary part. Computed in double from angles reduced as 64-bit integers.
/// </summary>
/// <param name="FftLength">S, the length of the circle.</param>
/// <param name="Kept">Bins.</param>
/// <param name="Length">Samples.</param>
/// <param name="Start">Position of the first sample.</param>
/// <param name="Step">Positions from one sample to the next.</param>
/// <param name="IsInverse">Whether it leads back: scaled by 1/S, each bin as often as the full spectrum
/// holds it, imaginary parts of bin 0 and of bin S/2 without effect.</param>
internal readonly record struct BandMatrix(
    int FftLength, int Kept, int Length, int Start, int Step, bool IsInverse) : IBandMatrix
{
    internal static BandMatrix Of(BandTransformPlan plan, bool isInverse) =>
        new(plan.FftLength, plan.Kept, plan.Length, plan.Start, plan.Step, isInverse);

    public double[] Compute()
    {
        // One table of the circle: every angle is one of its S points.
        var (cos, sin) = (new double[FftLength], new double[FftLength]);
        for (var i = 0; i < FftLength; i++)
            (sin[i], cos[i]) = Math.SinCos(2 * Math.PI * i / FftLength);
        var values = new double[2 * Kept * Length];
        for (var bin = 0; bin < Kept; bin++)
        {
            var isReal = bin == 0 || 2 * bin == FftLength;
            var scale = IsInverse ? (isReal ? 1.0 : 2.0) / FftLength : 1.0;
            for (var l = 0; l < Length; l++)
            {
                var angle = (int)((long)bin * (Start + ((long)l * Step)) % FftLength);
                values[(2 * bin * Length) + l] = scale * cos[angle];
                values[(((2 * bin) + 1) * Length) + l] = IsInverse && isReal ? 0 : -scale * sin[angle];
            }
        }

        return values;
    }
}
