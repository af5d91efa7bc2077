using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Spectral.Tests;

/// <summary>
/// Random rows of one length and their transforms in double by MathNet, computed once and shared by
/// devices. MathNet's own Bluestein is less exact than its powers of two: long primes come from there.
/// </summary>
internal sealed class FftOracle
{
    private static readonly Dictionary<(int, int), FftOracle> Made = [];

    private FftOracle(int n, int rows)
    {
        var random = new Random(n);
        Signal = [.. Enumerable.Range(0, n * rows).Select(_ =>
            new Complex((float)(random.NextDouble() - 0.5), (float)(random.NextDouble() - 0.5)))];
        Forward = new Complex[n * rows];
        Inverse = new Complex[n * rows];
        Half = new Complex[((n / 2) + 1) * rows];
        Real = new double[n * rows];
        for (var row = 0; row < rows; row++)
            Fill(n, row);
    }

    internal Complex[] Signal { get; }

    internal Complex[] Forward { get; }

    internal Complex[] Inverse { get; }

    /// <summary>Half spectrum of the real parts of the signal.</summary>
    internal Complex[] Half { get; }

    /// <summary>Inverse real transform of the first n/2+1 points of each row of the signal.</summary>
    internal double[] Real { get; }

    internal static FftOracle Get(int n, int rows)
    {
        lock (Made)
        {
            if (!Made.TryGetValue((n, rows), out var oracle))
                Made[(n, rows)] = oracle = new FftOracle(n, rows);
            return oracle;
        }
    }

    private void Fill(int n, int row)
    {
        var x = Signal.AsSpan(row * n, n).ToArray();
        var y = (Complex[])x.Clone();
        Fourier.Forward(y, FourierOptions.NoScaling);
        y.CopyTo(Forward, row * n);

        // A transform's real and imaginary halves, by symmetry: of the real parts, and of the conjugate.
        var bins = (n / 2) + 1;
        for (var k = 0; k < bins; k++)
            Half[(row * bins) + k] = (y[k] + Complex.Conjugate(y[(n - k) % n])) / 2;

        y = (Complex[])x.Clone();
        Fourier.Inverse(y, FourierOptions.NoScaling);
        for (var j = 0; j < n; j++)
            Inverse[(row * n) + j] = y[j] / n;

        var mirrored = new Complex[n];
        mirrored[0] = x[0].Real;
        for (var k = 1; k < bins; k++)
        {
            mirrored[k] = 2 * k == n ? x[k].Real : x[k];
            mirrored[n - k] = Complex.Conjugate(mirrored[k]);
        }

        Fourier.Inverse(mirrored, FourierOptions.NoScaling);
        for (var j = 0; j < n; j++)
            Real[(row * n) + j] = mirrored[j].Real / n;
    }
}
