namespace Spectral.Kernels;

/// <summary>
/// The matrix of a whole plane's transform, [frequencies][2] by [height·width]; back, scaled, with every
/// coefficient as often as the full spectrum holds it.
/// </summary>
internal readonly record struct PlaneMatrix(AxisSamples H, AxisSamples W, bool IsInverse) : IBandMatrix
{
    public double[] Compute()
    {
        var (vertical, horizontal) = (new Circle(H), new Circle(W));
        var (rows, length) = (H.Band.BothSigns, H.Length * W.Length);
        var values = new double[2 * W.Kept * rows * length];
        for (var column = 0; column < W.Kept; column++)
        {
            var scale = IsInverse
                ? BandEnergy.Weight(column, W.FftLength) / ((double)W.FftLength * H.FftLength)
                : 1;
            for (var row = 0; row < rows; row++)
                for (var i = 0; i < length; i++)
                {
                    // cos and sin of the sum of both angles.
                    var v = vertical.At(PlaneTransformPlan.SignedFrequency(row), i / W.Length);
                    var h = horizontal.At(column, i % W.Length);
                    var re = 2 * ((column * rows) + row) * length;
                    values[re + i] = scale * ((v.Cos * h.Cos) - (v.Sin * h.Sin));
                    values[re + length + i] = -scale * ((v.Sin * h.Cos) + (v.Cos * h.Sin));
                }
        }

        return values;
    }
}
