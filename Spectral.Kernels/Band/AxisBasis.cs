namespace Spectral.Kernels;

/// <summary>
/// What each sample of an axis adds to each frequency: e^(−iθ), θ = 2π·frequency·position/S, in double from
/// angles reduced as 64-bit integers; after the axis's low-pass, if it has one. The inverse is the conjugate.
/// </summary>
internal sealed class AxisBasis
{
    private readonly double[] _re;
    private readonly double[] _im;
    private readonly int _length;

    private AxisBasis(int frequencies, int length) =>
        (_re, _im, _length) = (new double[frequencies * length], new double[frequencies * length], length);

    /// <summary>Frequencies 0 … k−1: the axis that is transformed first.</summary>
    internal static AxisBasis Half(AxisSamples axis) => Of(axis, [.. Enumerable.Range(0, axis.Kept)]);

    /// <summary>Frequencies of both signs in the order of <see cref="PlaneTransformPlan"/>.</summary>
    internal static AxisBasis BothSigns(AxisSamples axis) => Of(
        axis, [.. Enumerable.Range(0, axis.Band.BothSigns).Select(PlaneTransformPlan.SignedFrequency)]);

    internal (double Re, double Im) this[int frequency, int sample] =>
        (_re[(frequency * _length) + sample], _im[(frequency * _length) + sample]);

    private static AxisBasis Of(AxisSamples axis, int[] frequencies)
    {
        var plain = Plain(axis, axis.LowPass?.OutputLength ?? axis.Length, frequencies);
        return axis.LowPass is { } map ? plain.After(map, frequencies.Length) : plain;
    }

    private static AxisBasis Plain(AxisSamples axis, int length, int[] frequencies)
    {
        var circle = axis.FftLength;
        var (cos, sin) = (new double[circle], new double[circle]);
        for (var i = 0; i < circle; i++)
            (sin[i], cos[i]) = 2 * i == circle ? (0, -1) : Math.SinCos(2 * Math.PI * i / circle);
        var basis = new AxisBasis(frequencies.Length, length);
        for (var f = 0; f < frequencies.Length; f++)
            for (var i = 0; i < length; i++)
            {
                var angle = (int)(frequencies[f] * (axis.Start + ((long)i * axis.Step)) % circle);
                if (angle < 0)
                    angle += circle;
                (basis._re[(f * length) + i], basis._im[(f * length) + i]) = (cos[angle], -sin[angle]);
            }

        return basis;
    }

    private AxisBasis After(AxisMap map, int frequencies)
    {
        var lowPass = new AxisMapMatrix(map, Transposed: false).Compute();
        var basis = new AxisBasis(frequencies, map.Length);
        for (var f = 0; f < frequencies; f++)
            for (var o = 0; o < _length; o++)
            {
                var (re, im) = this[f, o];
                for (var i = 0; i < map.Length; i++)
                {
                    basis._re[(f * map.Length) + i] += re * lowPass[(o * map.Length) + i];
                    basis._im[(f * map.Length) + i] += im * lowPass[(o * map.Length) + i];
                }
            }

        return basis;
    }
}
