namespace Spectral.Kernels;

/// <summary>
/// The matrix of the vertical, complex transform: forward [rows kept][2] by [2][height], back [2][height] by
/// [rows kept][2], scaled by 1/S.
/// </summary>
internal readonly record struct AxisMatrix(AxisSamples Axis, bool IsInverse) : IBandMatrix
{
    public double[] Compute()
    {
        var circle = new Circle(Axis);
        var (rows, height) = (Axis.Band.BothSigns, Axis.Length);
        var values = new double[4 * rows * height];
        for (var row = 0; row < rows; row++)
            for (var h = 0; h < height; h++)
            {
                var (cos, sin) = circle.At(PlaneTransformPlan.SignedFrequency(row), h);
                if (IsInverse)
                {
                    var scale = 1.0 / Axis.FftLength;
                    var (re, im) = (h * 2 * rows, (height + h) * 2 * rows);
                    (values[re + (2 * row)], values[re + (2 * row) + 1]) = (scale * cos, -scale * sin);
                    (values[im + (2 * row)], values[im + (2 * row) + 1]) = (scale * sin, scale * cos);
                }
                else
                {
                    var (re, im) = (2 * row * 2 * height, ((2 * row) + 1) * 2 * height);
                    (values[re + h], values[re + height + h]) = (cos, sin);
                    (values[im + h], values[im + height + h]) = (-sin, cos);
                }
            }

        return values;
    }
}
