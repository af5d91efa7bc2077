namespace Spectral.Kernels;

/// <summary>
/// A truncated transform of one axis about the middle of its samples: with θ = 2πk·d/S at a sample's distance d
/// from there, the real part of frequency k is Σ (x(d) + x(−d))·cos θ over half of the samples, the imaginary part
/// −Σ (x(d) − x(−d))·sin θ, and what the middle's position c leaves to do is a turn by e^(−2πik·c/S). That is half
/// of the multiply-adds, wherever the samples lie on the circle. After a low-pass the halves do not mirror each
/// other: such an axis takes every sample, and there is nothing to turn by.
/// </summary>
internal static class FoldedAxis
{
    /// <summary>Whether the halves mirror each other.</summary>
    internal static bool IsFolded(AxisSamples axis) => axis.LowPass is null;

    /// <summary>Products of each sum: half of the samples, with the middle of an odd number; or all.</summary>
    internal static int Terms(AxisSamples axis) => IsFolded(axis) ? (axis.Length + 1) / 2 : axis.Length;

    /// <summary>2πk·c/S, reduced.</summary>
    internal static double Turn(AxisSamples axis, int frequency) =>
        IsFolded(axis) ? Angle(axis.FftLength, frequency, (2L * axis.Start) + ((axis.Length - 1L) * axis.Step)) : 0;

    /// <summary>What the sum, and the difference, of a pair of samples adds to frequencies 0 … k−1.</summary>
    internal static Func<int, int, (double Even, double Odd)> Waves(AxisSamples axis)
    {
        if (IsFolded(axis))
            return (frequency, sample) => Wave(axis, frequency, sample);
        var basis = AxisBasis.Half(axis);
        return (frequency, sample) => basis[frequency, sample];
    }

    private static (double Even, double Odd) Wave(AxisSamples axis, int frequency, int sample)
    {
        var distance = ((2L * sample) - (axis.Length - 1L)) * axis.Step;
        var (sin, cos) = Math.SinCos(Angle(axis.FftLength, frequency, distance));
        return (cos, -sin);
    }

    /// <summary>2πk·p/S of a position p given in halves, from integers of 64 bits.</summary>
    private static double Angle(int circle, int frequency, long halves) =>
        Math.PI * (frequency * halves % (2L * circle)) / circle;
}
