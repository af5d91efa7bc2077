namespace Spectral.Kernels;

/// <summary>
/// The matrix of a truncated real transform, [bins][2] by [samples]: a row for the real part of each bin and
/// one for the imaginary part. Back, it is scaled by 1/S, with each bin as often as the full spectrum holds it.
/// </summary>
internal readonly record struct RowMatrix(AxisSamples Axis, bool IsInverse) : IBandMatrix
{
    public double[] Compute()
    {
        var basis = AxisBasis.Half(Axis);
        var values = new double[2 * Axis.Kept * Axis.Length];
        for (var bin = 0; bin < Axis.Kept; bin++)
        {
            var scale = IsInverse ? BandEnergy.Weight(bin, Axis.FftLength) / Axis.FftLength : 1;
            for (var i = 0; i < Axis.Length; i++)
            {
                var (re, im) = basis[bin, i];
                values[(2 * bin * Axis.Length) + i] = scale * re;
                values[(((2 * bin) + 1) * Axis.Length) + i] = scale * im;
            }
        }

        return values;
    }
}

/// <summary>
/// The matrix of the vertical, complex transform: forward [rows kept][2] by [2][height], back [2][height] by
/// [rows kept][2], scaled by 1/S.
/// </summary>
internal readonly record struct ColumnMatrix(AxisSamples Axis, bool IsInverse) : IBandMatrix
{
    public double[] Compute()
    {
        var basis = AxisBasis.BothSigns(Axis);
        var (rows, height) = (Axis.Band.BothSigns, Axis.Length);
        var values = new double[4 * rows * height];
        for (var row = 0; row < rows; row++)
            for (var h = 0; h < height; h++)
            {
                var (re, im) = basis[row, h];
                if (IsInverse)
                {
                    // Times the conjugate.
                    (re, im) = (re / Axis.FftLength, -im / Axis.FftLength);
                    var (top, bottom) = ((h * 2 * rows) + (2 * row), ((height + h) * 2 * rows) + (2 * row));
                    (values[top], values[top + 1]) = (re, -im);
                    (values[bottom], values[bottom + 1]) = (im, re);
                }
                else
                {
                    var (top, bottom) = ((2 * row * 2 * height) + h, (((2 * row) + 1) * 2 * height) + h);
                    (values[top], values[top + height]) = (re, -im);
                    (values[bottom], values[bottom + height]) = (im, re);
                }
            }

        return values;
    }
}

/// <summary>
/// The matrix of a whole plane's transform, [frequencies][2] by [height·width]; back, scaled, with every
/// coefficient as often as the full spectrum holds it.
/// </summary>
internal readonly record struct PlaneMatrix(AxisSamples H, AxisSamples W, bool IsInverse) : IBandMatrix
{
    public double[] Compute()
    {
        var (vertical, horizontal) = (AxisBasis.BothSigns(H), AxisBasis.Half(W));
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
                    var v = vertical[row, i / W.Length];
                    var h = horizontal[column, i % W.Length];
                    var re = 2 * ((column * rows) + row) * length;
                    values[re + i] = scale * ((v.Re * h.Re) - (v.Im * h.Im));
                    values[re + length + i] = scale * ((v.Re * h.Im) + (v.Im * h.Re));
                }
        }

        return values;
    }
}
