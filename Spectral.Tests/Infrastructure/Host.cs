using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>Host arrays in double for tests that run in either precision.</summary>
public static class Host
{
    /// <summary>Numbers between −1 and 1 that a float holds exactly, the same for the same seed.</summary>
    public static double[] Random(int seed, int length)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (double)((random.NextSingle() * 2) - 1))];
    }

    /// <summary>A device array of a type, filled from doubles.</summary>
    public static DeviceArray Upload(ComputeDevice device, DType type, double[] values) =>
        type == DType.Float32
            ? DeviceArray.From<float>(device, [.. values.Select(v => (float)v)])
            : DeviceArray.From<double>(device, values);

    /// <summary>A device array full of NaN: what a kernel leaves out shows.</summary>
    public static DeviceArray Dirty(ComputeDevice device, DType type, int length) =>
        Upload(device, type, [.. Enumerable.Repeat(double.NaN, length)]);

    /// <summary>The elements of a device array as doubles.</summary>
    public static double[] Download(DeviceArray array) =>
        array.DType == DType.Float32
            ? [.. array.ToArray<float>().Select(v => (double)v)]
            : array.ToArray<double>();

    /// <summary>Values as an element type holds them.</summary>
    public static double[] Narrow(DType type, double[] values) =>
        type == DType.Float32 ? [.. values.Select(v => (double)(float)v)] : values;
}
