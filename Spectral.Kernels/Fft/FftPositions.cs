using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Index arithmetic that input and output share.</summary>
internal static class FftPositions
{
    /// <summary>Which sample lies at a position of the circle; −1 where there is none.</summary>
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
}
