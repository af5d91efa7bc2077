namespace Spectral.Kernels;

/// <summary>
/// Exponential, logarithm, power and hyperbolic tangent in double from the IEEE operations alone, for kernels.
/// ILGPU's own are an iteration over a table in local memory on CUDA; these are the same on every device.
/// </summary>
internal static class DoubleFunctions
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts: the high one has trailing zeros, so that k * high is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e to the x; 0 and infinity where the result is out of range.</summary>
    internal static double Exp(double x)
    {
        if (x > 709.782712893384)
            return double.PositiveInfinity;
        if (x < -745.2)
            return 0;
        var k = (int)Math.Floor(Clean(x) * Log2E + 0.5);
        // In two factors, because 2^k itself may be out of range where the result is not.
        return (1 + Expm1Reduced(x, k)) * PowerOfTwo(k / 2) * PowerOfTwo(k - (k / 2));
    }

    /// <summary>Natural logarithm; −∞ at 0, NaN below.</summary>
    internal static double Log(double x)
    {
        if (x == 0)
            return double.NegativeInfinity;
        if (x == double.PositiveInfinity)
            return x;
        // Subnormal numbers are scaled by 2^54 into the normal range.
        return x is > 0 and < 2.2250738585072014e-308
            ? PortableMath.Log(x * 18014398509481984.0) - (54 * Ln2High) - (54 * Ln2Low)
            : PortableMath.Log(x);
    }

    /// <summary>
    /// x to the y for x of 0 or more, NaN below; the relative error grows with the exponent of the result,
    /// to |y ln x| units in the last place.
    /// </summary>
    internal static double Pow(double x, double y) => y == 0 ? 1 : Exp(y * Log(x));

    /// <summary>Hyperbolic tangent.</summary>
    internal static double Tanh(double x)
    {
        // 1 - 2^-53 rounds to 1 beyond 20.
        if (x > 20)
            return 1;
        if (x < -20)
            return -1;
        // tanh x = (e^2x - 1) / (e^2x + 1), and e^2x - 1 loses no digits near 0.
        var y = 2 * x;
        var k = (int)Math.Floor(Clean(y) * Log2E + 0.5);
        var power = PowerOfTwo(k);
        var expm1 = (power * Expm1Reduced(y, k)) + (power - 1);
        return expm1 / (expm1 + 2);
    }

    // NaN becomes 0, because its conversion to an integer is undefined on some devices; others stay.
    private static double Clean(double x) => x > -1000 ? x : 0;

    // e^r - 1 for r = x - k ln 2 in [-ln2/2, ln2/2]: Taylor, the term after the last is below 1e-17.
    private static double Expm1Reduced(double x, int k)
    {
        var r = (x - (k * Ln2High)) - (k * Ln2Low);
        var s = 1.0 / 6227020800;
        s = (s * r) + (1.0 / 479001600);
        s = (s * r) + (1.0 / 39916800);
        s = (s * r) + (1.0 / 3628800);
        s = (s * r) + (1.0 / 362880);
        s = (s * r) + (1.0 / 40320);
        s = (s * r) + (1.0 / 5040);
        s = (s * r) + (1.0 / 720);
        s = (s * r) + (1.0 / 120);
        s = (s * r) + (1.0 / 24);
        s = (s * r) + (1.0 / 6);
        s = (s * r) + 0.5;
        return (s * r * r) + r;
    }

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((k + 1023L) << 52);
}
