namespace Spectral.Kernels;

/// <summary>The matrix of a low-pass along an axis, [output][input], or its transpose.</summary>
internal readonly record struct AxisMapMatrix(AxisMap Map, bool Transposed) : IBandMatrix
{
    public double[] Compute()
    {
        var (circle, outCircle) = ((long)Map.Band.FftLength, (long)Map.OutputCircle);
        var points = circle * outCircle;
        var values = new double[Map.OutputLength * Map.Length];
        for (var o = 0; o < Map.OutputLength; o++)
            for (var i = 0; i < Map.Length; i++)
            {
                // The angle between both positions, as a fraction of both circles' common grid.
                var apart = (o * circle) - ((Map.Start + i) * outCircle);
                values[Transposed ? (i * Map.OutputLength) + o : (o * Map.Length) + i]
                    = Dirichlet.Sum(Map.Band, apart, points) / circle;
            }

        return values;
    }
}
