using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Spectral.Tests;

/// <summary>
/// Random rows of one length and their transforms in double by MathNet, computed once and shared by
/// devices. Rows repeat after the first few, times an exact power of two, so that a mixed-up row shows
/// without an oracle for each.
/// </summary>
internal sealed class FftOracle
{
    private const int Distinct = 4;

    private static readonly Dictionary<(int, int), FftOracle> Made = [];

    private readonly int _n, _bins;

    private FftOracle(int n, int rows)
    {
        (_n, _bins) = (n, (n / 2) + 1);
        var random = new Random(n);
        Signal = new Complex[n * rows];
        Forward = new Complex[n * rows];
        Inverse = new Complex[n * rows];
        Half = new Complex[_bins * rows];
        Real = new double[n * rows];
        for (var i = 0; i < n * Math.Min(rows, Distinct); i++)
            Signal[i] = new((float)(random.NextDouble() - 0.5), (float)(random.NextDouble() - 0.5));
        for (var row = 0; row < Math.Min(rows, Distinct); row++)
            Fill(row);
        for (var row = Distinct; row < rows; row++)
            Repeat(row);
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
            if (Made.TryGetValue((n, rows), out var made))
                return made;
        var oracle = new FftOracle(n, rows);
        lock (Made)
            return Made[(n, rows)] = oracle;
    }

    private void Fill(int row)
    {
        var x = Signal.AsSpan(row * _n, _n).ToArray();
        var y = (Complex[])x.Clone();
        Fourier.Forward(y, FourierOptions.NoScaling);
        y.CopyTo(Forward, row * _n);

        // The inverse is the forward transform read backwards; the real parts' spectrum its even half.
        for (var j = 0; j < _n; j++)
            Inverse[(row * _n) + j] = y[(_n - j) % _n] / _n;
        for (var k = 0; k < _bins; k++)
            Half[(row * _bins) + k] = (y[k] + Complex.Conjugate(y[(_n - k) % _n])) / 2;

        var mirrored = new Complex[_n];
        mirrored[0] = x[0].Real;
        for (var k = 1; k < _bins; k++)
        {
            mirrored[k] = 2 * k == _n ? x[k].Real : x[k];
            mirrored[_n - k] = Complex.Conjugate(mirrored[k]);
        }

        Fourier.Inverse(mirrored, FourierOptions.NoScaling);
        for (var j = 0; j < _n; j++)
            Real[(row * _n) + j] = mirrored[j].Real / _n;
    }

    private void Repeat(int row)
    {
        var factor = Math.ScaleB(1, row / Distinct);
        Copy(Signal, _n, row, v => v * factor);
        Copy(Forward, _n, row, v => v * factor);
        Copy(Inverse, _n, row, v => v * factor);
        Copy(Half, _bins, row, v => v * factor);
        Copy(Real, _n, row, v => v * factor);
    }

    private static void Copy<T>(T[] values, int length, int row, Func<T, T> scale)
    {
        for (var i = 0; i < length; i++)
            values[(row * length) + i] = scale(values[(row % Distinct * length) + i]);
    }
}
