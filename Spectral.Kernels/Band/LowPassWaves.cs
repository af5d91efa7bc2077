namespace Spectral.Kernels;

/// <summary>
/// The waves of a low-pass at one side's samples, [waves][samples]: the constant, then cosine and sine of each kept bin
/// in turn. The low-pass is the product of those of its outputs, transposed, and those of its inputs: of 512 samples and 26
/// bins a fifth of the elements of <see cref="AxisMapMatrix"/>.
/// </summary>
/// <param name="Map">The low-pass.</param>
/// <param name="OfOutputs">Whether they are at its outputs; those at its inputs hold the scale.</param>
internal readonly record struct LowPassWaves(AxisMap Map, bool OfOutputs) : IBandMatrix
{
    /// <summary>How many waves there are: one for each kept bin of both signs.</summary>
    internal static int Count(AxisMap map) => map.Band.BothSigns;

    /// <summary>Elements of those of its inputs and of its outputs.</summary>
    internal static long Elements(AxisMap map) => Count(map) * ((long)map.Length + map.OutputLength);

    /// <summary>Real operations of the low-pass of so many rows.</summary>
    internal static double Flops(int rows, AxisMap map) => 2.0 * rows * Elements(map);

    public double[] Compute()
    {
        var band = Map.Band;
        var (samples, start, circle) = OfOutputs
            ? (Map.OutputLength, 0, Map.OutputCircle)
            : (Map.Length, Map.Start, band.FftLength);
        var values = new double[Count(Map) * samples];
        for (var wave = 0; wave < Count(Map); wave++)
        {
            var bin = (wave + 1) / 2;
            var isSine = wave % 2 == 0 && wave > 0;
            var scale = OfOutputs ? 1 : (double)BandEnergy.Weight(bin, band.FftLength) / band.FftLength;
            for (var i = 0; i < samples; i++)
            {
                // Whole turns are left out while the numbers are integers.
                var (sin, cos) = Math.SinCos(2 * Math.PI * (bin * (start + (long)i) % circle) / circle);
                values[(wave * samples) + i] = scale * (isSine ? sin : cos);
            }
        }

        return values;
    }
}
