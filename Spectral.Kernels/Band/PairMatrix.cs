namespace Spectral.Kernels;

/// <summary>
/// The basis of an axis as <see cref="PlaneBlockKernels"/> walk it: [samples][frequencies 0 … k−1][2], frequencies padded to
/// whole twos. Back, it is scaled by 1/S; of the axis that is transformed first each bin is there as often as the full
/// spectrum holds it.
/// </summary>
/// <param name="Axis">The axis.</param>
/// <param name="IsHalf">Whether it is the one that is transformed first.</param>
/// <param name="IsInverse">Whether it is for the way back.</param>
internal readonly record struct PairMatrix(AxisSamples Axis, bool IsHalf, bool IsInverse) : IBandMatrix
{
    /// <summary>Frequencies in whole twos.</summary>
    internal static int Padded(int frequencies) => (frequencies + 1) / 2 * 2;

    public double[] Compute()
    {
        var basis = AxisBasis.Half(Axis);
        var padded = Padded(Axis.Kept);
        var values = new double[2 * Axis.Length * padded];
        for (var f = 0; f < Axis.Kept; f++)
        {
            var weight = IsHalf ? BandEnergy.Weight(f, Axis.FftLength) : 1;
            var scale = IsInverse ? (double)weight / Axis.FftLength : 1;
            for (var i = 0; i < Axis.Length; i++)
            {
                var (re, im) = basis[f, i];
                (values[2 * ((i * padded) + f)], values[(2 * ((i * padded) + f)) + 1]) = (scale * re, scale * im);
            }
        }

        return values;
    }
}
