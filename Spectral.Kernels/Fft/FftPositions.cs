using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>Index arithmetic that input and output share.</summary>
internal static class FftPositions
{
    /// <summary>Which sample lies at a position of the circle; −1 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int SampleAt<T>(FftJob<T> job, int position) where T : unmanaged, INumber<T>
    {
        var distance = position - job.Start;
        if (distance < 0)
            return -1;
        var index = distance;
        if (job.Step != 1)
        {
            index = distance / job.Step;
            if (index * job.Step != distance)
                return -1;
        }

        return index < job.Samples ? index : -1;
    }

    /// <summary>Frequency of bin <paramref name="bin"/> in the order 0, 1, −1, 2, −2 …, from 0 to n − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FrequencyOf(int bin, int n)
    {
        var frequency = (bin + 1) / 2;
        if (bin % 2 == 0 && bin > 0)
            frequency = n - frequency;
        return frequency;
    }

    /// <summary>Which bin in that order has a frequency from 0 to n − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int BinOf(int frequency, int n)
    {
        var bin = Math.Max(0, (2 * frequency) - 1);
        if (2 * frequency > n)
            bin = 2 * (n - frequency);
        return bin;
    }
}
