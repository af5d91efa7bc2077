using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Spectral.Bench;

/// <summary>Rivals' transforms that run in this process, on one thread.</summary>
internal static class LocalTransforms
{
    /// <summary>
    /// FFTW, its lowest bins then copied to rows of their own where <paramref name="kept"/> is given.
    /// </summary>
    internal static Contender Fftw(int[] size, int batch, int? kept)
    {
        var plan = new Fftw(size, batch);
        RandomArrays.Values(1, plan.Input.Length).CopyTo(plan.Input);
        var bins = (size[^1] / 2) + 1;
        var slice = new float[kept is { } k ? 2 * k * batch : 0];
        return new LocalContender(
            () =>
            {
                plan.Run();
                for (var row = 0; kept is { } wanted && row < batch; row++)
                    plan.Output.Slice(2 * bins * row, 2 * wanted).CopyTo(slice.AsSpan(2 * wanted * row));
            },
            error: size.Length > 1
                ? null
                : () => FirstRowError(plan.Input[..size[0]], plan.Output[..(2 * bins)]),
            held: plan);
    }

    /// <summary>MathNet; it works in place, so that each call copies its input first.</summary>
    internal static Contender MathNet(int n, int batch)
    {
        var signal = RandomArrays.Values(1, (long)n * batch);
        var padded = n % 2 == 0 ? n + 2 : n + 1;
        float[][] rows = [.. Enumerable.Range(0, batch).Select(_ => new float[padded])];
        return new LocalContender(
            () =>
            {
                for (var row = 0; row < batch; row++)
                {
                    signal.AsSpan(row * n, n).CopyTo(rows[row]);
                    Fourier.ForwardReal(rows[row], n, FourierOptions.NoScaling);
                }
            },
            error: () => FirstRowError(signal.AsSpan(0, n), rows[0].AsSpan(0, 2 * ((n / 2) + 1))));
    }

    private static double FirstRowError(ReadOnlySpan<float> samples, ReadOnlySpan<float> got)
    {
        var exact = new Complex[samples.Length];
        for (var i = 0; i < exact.Length; i++)
            exact[i] = samples[i];
        Fourier.Forward(exact, FourierOptions.NoScaling);
        var parts = new double[got.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = i % 2 == 0 ? exact[i / 2].Real : exact[i / 2].Imaginary;
        return RandomArrays.Distance(got, parts);
    }
}
