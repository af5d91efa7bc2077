using System.Diagnostics;

namespace Spectral.Kernels;

/// <summary>Times work on a device: the median of several runs, each waited for, after one that is not counted.</summary>
internal static class Trial
{
    private const int Samples = 5;

    /// <summary>A sample repeats what takes less than this, so that the wait does not decide.</summary>
    private const double ShortestSample = 1;

    /// <summary>What takes this many times as long as the best is not measured again.</summary>
    private const double Hopeless = 4;

    /// <summary>Milliseconds of one run.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="run">The work.</param>
    /// <param name="best">The least time of other ways so far.</param>
    internal static double Milliseconds(ComputeDevice device, Action run, double best)
    {
        run();
        device.Synchronize();
        var once = Sample(device, run, 1);
        if (once > Hopeless * best)
            return once;
        var repeats = (int)Math.Clamp(Math.Ceiling(ShortestSample / Math.Max(once, 1e-3)), 1, 100);
        var samples = new double[Samples];
        for (var i = 0; i < Samples; i++)
            samples[i] = Sample(device, run, repeats);
        Array.Sort(samples);
        return samples[Samples / 2];
    }

    private static double Sample(ComputeDevice device, Action run, int repeats)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < repeats; i++)
            run();
        device.Synchronize();
        return watch.Elapsed.TotalMilliseconds / repeats;
    }
}
