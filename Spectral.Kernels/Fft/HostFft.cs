namespace Spectral.Kernels;

/// <summary>
/// A plain transform on the host in double, for tables: Stockham stages of butterflies by definition, any
/// smooth length.
/// </summary>
internal static class HostFft
{
    /// <summary>Transforms without scaling; the argument is overwritten.</summary>
    internal static Complex<double>[] Forward(Complex<double>[] x)
    {
        var from = x;
        var to = new Complex<double>[x.Length];
        var (rest, stride) = (x.Length, 1);
        while (rest > 1)
        {
            var radix = rest % 4 == 0 ? 4 : SmallestFactor(rest);
            Stage(from, to, radix, rest, stride);
            (from, to) = (to, from);
            rest /= radix;
            stride *= radix;
        }

        return from;
    }

    private static void Stage(Complex<double>[] x, Complex<double>[] y, int radix, int rest, int stride)
    {
        var groups = rest / radix;
        var own = Enumerable.Range(0, radix).Select(j => Roots.Of(j, radix)).ToArray();
        for (var p = 0; p < groups; p++)
            for (var k = 0; k < radix; k++)
            {
                var twiddle = Roots.Of((long)p * k, rest);
                for (var q = 0; q < stride; q++)
                {
                    var sum = x[q + (stride * p)];
                    for (var j = 1; j < radix; j++)
                        sum += x[q + (stride * (p + (groups * j)))] * own[j * k % radix];
                    y[q + (stride * ((radix * p) + k))] = sum * twiddle;
                }
            }
    }

    private static int SmallestFactor(int n)
    {
        for (var p = 2; (long)p * p <= n; p++)
            if (n % p == 0)
                return p;
        return n;
    }
}
