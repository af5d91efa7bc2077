using BenchmarkDotNet.Attributes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// A benchmark of kernels on <see cref="ComputeDevice.Default"/>, which says how much work it does and
/// how far its result is from double precision.
/// </summary>
public abstract class KernelBench : IMeasured
{
    private readonly List<DeviceArray> _arrays = [];

    /// <summary>Floating-point operations of one run, for the rate column; 0 for none.</summary>
    public abstract double Flops { get; }

    double IMeasured.RelativeError(string method) => RelativeError();

    protected static ComputeDevice Device => ComputeDevice.Default;

    /// <summary>
    /// ‖result − result in double‖ / ‖result in double‖ of one run with the current parameters.
    /// </summary>
    public abstract double RelativeError();

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var array in _arrays)
            array.Dispose();
        _arrays.Clear();
    }

    /// <summary>The same numbers between −1 and 1 in either precision.</summary>
    protected DeviceArray Random(DType type, int seed, long length)
    {
        var random = new Random(seed);
        var values = new double[length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (random.NextSingle() * 2) - 1;
        return Keep(type == DType.Float32
            ? DeviceArray.From<float>(Device, Array.ConvertAll(values, v => (float)v))
            : DeviceArray.From<double>(Device, values));
    }

    protected DeviceArray Empty(DType type, long length) => Keep(new DeviceArray(Device, type, length));

    /// <summary>Relative error of a float result against the same in double.</summary>
    protected static double Compare(DeviceArray single, DeviceArray exact)
    {
        double difference = 0, size = 0;
        var (a, b) = (single.ToArray<float>(), exact.ToArray<double>());
        for (var i = 0; i < a.Length; i++)
        {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            size += b[i] * b[i];
        }

        return Math.Sqrt(difference / size);
    }

    private DeviceArray Keep(DeviceArray array)
    {
        _arrays.Add(array);
        return array;
    }
}
