namespace Spectral.Kernels;

/// <summary>
/// Logarithm, sine and cosine from the four IEEE operations alone. The run-time's own call the platform's C
/// library, whose last bit differs between systems; what is seeded must not.
/// </summary>
public static class PortableMath
{
    // ln 2 in two parts: the high one has trailing zeros, so that exponent * high is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>Natural logarithm of a positive, finite, normal number; NaN for anything else.</summary>
    public static double Log(double x)
    {
        // Comparisons instead of double.IsNormal, which kernels cannot call.
        if (!(x >= SmallestNormal && x <= double.MaxValue))
            return double.NaN;

        // x = m * 2^e with m in [sqrt(1/2), sqrt(2)), then log m = 2 atanh((m - 1) / (m + 1)).
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }
        var s = (m - 1) / (m + 1);
        var square = s * s;
        var series = 0.0;
        for (var k = 11; k >= 1; k--) // 0.1716^24 / 23 is below half a unit in the last place
            series = square * (series + 1.0 / (2 * k + 1));
        return exponent * Ln2High + (exponent * Ln2Low + 2 * (s + s * series));
    }

    /// <summary>cos(2 pi <paramref name="turns"/>), accurate for turns of moderate size.</summary>
    public static double CosTurns(double turns)
    {
        var (quarter, angle) = Reduce(turns);
        return quarter switch
        {
            0 => Cosine(angle),
            1 => -Sine(angle),
            2 => -Cosine(angle),
            _ => Sine(angle),
        };
    }

    /// <summary>sin(2 pi <paramref name="turns"/>), accurate for turns of moderate size.</summary>
    public static double SinTurns(double turns)
    {
        var (quarter, angle) = Reduce(turns);
        return quarter switch
        {
            0 => Sine(angle),
            1 => Cosine(angle),
            2 => -Sine(angle),
            _ => -Cosine(angle),
        };
    }

    // Exact: floor, and the subtraction of the nearest quarter turn, lose no bit.
    private static (int Quarter, double Angle) Reduce(double turns)
    {
        var fraction = turns - Math.Floor(turns);
        var quarters = Math.Floor(fraction * 4 + 0.5);
        return ((int)quarters & 3, (fraction - quarters * 0.25) * (2 * Math.PI));
    }

    // Taylor series on |x| <= pi/4, from the smallest term up.
    private static double Sine(double x)
    {
        var square = x * x;
        var series = 1.0;
        for (var k = 17; k >= 3; k -= 2)
            series = 1 - series * square / (k * (k - 1));
        return x * series;
    }

    private static double Cosine(double x)
    {
        var square = x * x;
        var series = 1.0;
        for (var k = 18; k >= 2; k -= 2)
            series = 1 - series * square / (k * (k - 1));
        return series;
    }
}
