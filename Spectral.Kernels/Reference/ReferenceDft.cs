using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// The discrete Fourier transform by its definition, on the host, in double, in O(n²): slow, plain and
/// the yardstick of everything faster. Forward transforms use exp(−2πi·jk/n) and are unscaled; inverse
/// ones are scaled by 1/n, as <see cref="FftNorm.Backward"/>.
/// </summary>
public static class ReferenceDft
{
    /// <summary>y[k] = Σ x[j]·exp(−2πi·jk/n), k = 0 … n−1.</summary>
    public static Complex[] Forward(ReadOnlySpan<Complex> x)
    {
        var y = new Complex[x.Length];
        var roots = RootsOf(x.Length);
        for (var k = 0; k < y.Length; k++)
            for (var j = 0; j < x.Length; j++)
                y[k] += x[j] * roots[(long)j * k % x.Length];
        return y;
    }

    /// <summary>x[j] = 1/n · Σ y[k]·exp(2πi·jk/n), j = 0 … n−1.</summary>
    public static Complex[] Inverse(ReadOnlySpan<Complex> y)
    {
        var x = new Complex[y.Length];
        var roots = RootsOf(y.Length);
        for (var j = 0; j < x.Length; j++)
        {
            for (var k = 0; k < y.Length; k++)
                x[j] += y[k] * Complex.Conjugate(roots[(long)j * k % y.Length]);
            x[j] /= y.Length;
        }

        return x;
    }

    /// <summary>The first n/2+1 values of the transform of n real numbers; the others mirror them.</summary>
    public static Complex[] ForwardReal(ReadOnlySpan<double> x)
    {
        var y = new Complex[(x.Length / 2) + 1];
        var roots = RootsOf(x.Length);
        for (var k = 0; k < y.Length; k++)
            for (var j = 0; j < x.Length; j++)
                y[k] += x[j] * roots[(long)j * k % x.Length];
        return y;
    }

    /// <summary>
    /// The n real numbers of a half spectrum of n/2+1 values. Imaginary parts of y[0] and, for even n, of
    /// y[n/2] are ignored; fewer values than n/2+1 stand for zeros above them.
    /// </summary>
    /// <param name="y">The half spectrum, 1 to n/2+1 values.</param>
    /// <param name="n">Length of the result.</param>
    /// <exception cref="InvalidInputException">Too many or too few values for n.</exception>
    public static double[] InverseReal(ReadOnlySpan<Complex> y, int n)
    {
        Throw.Unless(n >= 1 && y.Length >= 1 && y.Length <= (n / 2) + 1, "inverse real transform",
            $"{y.Length} values for n = {n}", "n ≥ 1 and 1 to n/2+1 values", "pass the half spectrum");
        var x = new double[n];
        var roots = RootsOf(n);
        for (var j = 0; j < n; j++)
        {
            var sum = y[0].Real;
            for (var k = 1; k < y.Length; k++)
            {
                var root = roots[(long)j * k % n];
                var part = (y[k].Real * root.Real) + (y[k].Imaginary * root.Imaginary);
                sum += 2 * k == n ? y[k].Real * root.Real : 2 * part;
            }

            x[j] = sum / n;
        }

        return x;
    }

    private static Complex[] RootsOf(int n)
    {
        var roots = new Complex[n];
        for (var k = 0; k < n; k++)
        {
            var root = Roots.Of(k, n);
            roots[k] = new Complex(root.Re, root.Im);
        }

        return roots;
    }
}
