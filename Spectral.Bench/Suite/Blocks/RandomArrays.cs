using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// The same random numbers between −1 and 1 in either precision, and distances between results.
/// </summary>
internal static class RandomArrays
{
    internal static float[] Values(int seed, long length)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (random.NextSingle() * 2) - 1;
        return values;
    }

    internal static DeviceArray Of(ComputeDevice device, DType type, int seed, long length)
    {
        var values = Values(seed, length);
        return type == DType.Float32
            ? DeviceArray.From<float>(device, values)
            : DeviceArray.From<double>(device, Array.ConvertAll(values, v => (double)v));
    }

    /// <summary>‖got − exact‖ / ‖exact‖.</summary>
    internal static double Distance(ReadOnlySpan<float> got, ReadOnlySpan<double> exact)
    {
        double difference = 0, size = 0;
        for (var i = 0; i < exact.Length; i++)
        {
            difference += (got[i] - exact[i]) * (got[i] - exact[i]);
            size += exact[i] * exact[i];
        }

        return Math.Sqrt(difference / size);
    }

    internal static double Distance(DeviceArray got, DeviceArray exact) =>
        Distance(got.ToArray<float>(), exact.ToArray<double>());
}
