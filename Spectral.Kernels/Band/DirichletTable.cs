namespace Spectral.Kernels;

/// <summary>
/// The kernel of a low-pass at every distance of an output from an input: element m is its value where the output is
/// m − (inputs − 1) places behind the input, counted from the first of each. A row of the low-pass's matrix is a part of
/// it, read backwards, so that results are a correlation of this with the reversed inputs.
/// </summary>
/// <param name="Map">The low-pass, whose outputs lie on its own circle.</param>
/// <param name="IsAdjoint">From outputs to inputs.</param>
internal readonly record struct DirichletTable(AxisMap Map, bool IsAdjoint) : IBandMatrix
{
    /// <summary>Samples before and after.</summary>
    internal (int Inputs, int Outputs) Lengths =>
        IsAdjoint ? (Map.OutputLength, Map.Length) : (Map.Length, Map.OutputLength);

    /// <summary>Whether the low-pass depends on distances alone.</summary>
    internal static bool IsLegal(AxisMap map) => map.IsValid && map.OutputCircle == map.Band.FftLength;

    public double[] Compute()
    {
        var (band, (inputs, outputs)) = (Map.Band, Lengths);
        var first = (IsAdjoint ? Map.Start : -Map.Start) - (inputs - 1);
        return
        [
            .. Enumerable.Range(first, inputs + outputs - 1)
                .Select(apart => Dirichlet.Sum(band, apart, band.FftLength) / band.FftLength),
        ];
    }
}
