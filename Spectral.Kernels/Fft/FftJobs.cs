using System.Numerics;

namespace Spectral.Kernels;

/// <summary>The jobs behind the public transforms: contiguous rows, one after another.</summary>
internal static class FftJobs
{
    /// <summary>Complex to complex, [rows][n].</summary>
    internal static FftJob<T> Complex<T>(int n, int rows, bool inverse, double scale)
        where T : unmanaged, INumber<T> => new()
        {
            Outer = 1,
            Inner = rows,
            Length = n,
            Results = n,
            Input = (int)FftPort.Complex,
            Output = (int)FftPort.Complex,
            SwapIn = inverse ? 1 : 0,
            SwapOut = inverse ? 1 : 0,
            From = new FftStrides(0, 2 * n, 2, 1),
            To = new FftStrides(0, 2 * n, 2, 1),
            Scale = T.CreateChecked(scale),
        };

    /// <summary>Real [rows][n] to half spectra [rows][n/2+1].</summary>
    internal static FftJob<T> ForwardReal<T>(int n, int rows, double scale)
        where T : unmanaged, INumber<T>
    {
        var job = Real<T>(n, rows);
        job.Input = (int)(n % 2 == 0 ? FftPort.Complex : FftPort.Circle);
        job.Output = (int)FftPort.HalfSpectrum;
        job.From = n % 2 == 0 ? new FftStrides(0, n, 2, 1) : new FftStrides(0, n, 1, 0);
        job.To = new FftStrides(0, 2 * job.Bins, 2, 1);
        job.Results = job.Bins;
        job.Scale = T.CreateChecked(n % 2 == 0 ? scale / 2 : scale);
        return job;
    }

    /// <summary>Half spectra [rows][n/2+1] to real [rows][n].</summary>
    internal static FftJob<T> InverseReal<T>(int n, int rows, double scale)
        where T : unmanaged, INumber<T>
    {
        var job = Real<T>(n, rows);
        job.Input = (int)FftPort.HalfSpectrum;
        job.Output = (int)(n % 2 == 0 ? FftPort.Complex : FftPort.Circle);
        job.SwapIn = job.SwapOut = 1;
        job.From = new FftStrides(0, 2 * job.Bins, 2, 1);
        job.To = n % 2 == 0 ? new FftStrides(0, n, 2, 1) : new FftStrides(0, n, 1, 0);
        job.Results = job.Length;
        job.Scale = T.CreateChecked(scale);
        return job;
    }

    private static FftJob<T> Real<T>(int n, int rows) where T : unmanaged, INumber<T> => new()
    {
        Outer = 1,
        Inner = rows,
        Length = n % 2 == 0 ? n / 2 : n,
        RealLength = n,
        Bins = (n / 2) + 1,
        Step = 1,
        Samples = n,
    };
}
