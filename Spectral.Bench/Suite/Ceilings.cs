using ILGPU;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>What the machine can do at most, measured through our own kernels; a value.</summary>
/// <param name="BytesPerSecond">Of y = a + s·b over arrays that no cache holds.</param>
/// <param name="FlopsPerSecond">Of multiply-adds in registers, float.</param>
internal readonly record struct Ceilings(double BytesPerSecond, double FlopsPerSecond)
{
    // Beyond any cache: of CPUs, of GPUs.
    private const int TriadLength = 1 << 24, TriadLengthGpu = 1 << 27;

    // Of a sample of the triad: waits of the host are a tenth of a short one on a GPU.
    private const int TriadRuns = 4;
    private const int Turns = 1 << 14;
    private const int Samples = 20;

    /// <summary>Measures both; the best of a few runs, since it is a ceiling.</summary>
    internal static Ceilings Measure(ComputeDevice device) => new(Triad(device), MultiplyAdds(device));

    /// <summary>
    /// Predicted least seconds of some work: bytes through memory or operations in registers, whichever takes
    /// longer. Work that fits the caches can be faster than the first.
    /// </summary>
    internal double Floor(Work work) => BytesPerSecond <= 0 || FlopsPerSecond <= 0
        ? 0
        : Math.Max(work.Bytes / BytesPerSecond, work.Flops / FlopsPerSecond);

    private static double Triad(ComputeDevice device)
    {
        try
        {
            return Triad(device, device.Quirks.PrefersVectorLoops ? TriadLength : TriadLengthGpu);
        }
        catch (DeviceMemoryException)
        {
            return Triad(device, TriadLength);
        }
    }

    private static double Triad(ComputeDevice device, int length)
    {
        using var a = new DeviceArray(device, DType.Float32, length);
        using var b = new DeviceArray(device, DType.Float32, length);
        using var y = new DeviceArray(device, DType.Float32, length);
        a.Clear();
        b.Clear();
        var seconds = Best(device, () => device.Launch(
            CeilingKernels.Triad, device.Limits.Elements(length), a.View<float>(), b.View<float>(),
            y.View<float>()), TriadRuns);
        return 3.0 * sizeof(float) * length / seconds;
    }

    // As many registers for sums on every device, of the width that kernels use there.
    private static double MultiplyAdds(ComputeDevice device) =>
        device.Quirks.PrefersVectorLoops && RegisterLanes.One(DType.Float32) == 16
            ? MultiplyAdds<Lanes16<float>>(device)
            : MultiplyAdds<Lanes8<float>>(device);

    private static double MultiplyAdds<TLanes>(ComputeDevice device)
        where TLanes : unmanaged, ILanes<float, TLanes>
    {
        var shape = device.Limits.Vectors(long.MaxValue / 2);
        var items = shape.Groups * shape.GroupSize;
        var sums = CeilingKernels.Registers * TLanes.Width;
        using var y = new DeviceArray(device, DType.Float32, (long)items * sums);
        y.Clear();
        var seconds = Best(
            device, () => device.Launch(CeilingKernels.MultiplyAdd<TLanes>, shape, y.View<float>(), Turns), 1);
        return 2.0 * sums * Turns * items / seconds;
    }

    private static double Best(ComputeDevice device, Action launch, int runs)
    {
        using var contender = new LocalContender(launch, device.Synchronize);
        contender.Run(1);
        return Enumerable.Range(0, Samples).Min(_ => contender.Run(runs).Seconds);
    }
}

/// <summary>The kernels behind <see cref="Ceilings"/>.</summary>
internal sealed class CeilingKernels : IWholeRegisters
{
    /// <summary>Independent sums of a work-item, in lanes: enough to hide the latency of a multiply-add.</summary>
    internal const int Registers = 8;

    internal static void Triad(ArrayView<float> a, ArrayView<float> b, ArrayView<float> y)
    {
        for (var i = WorkItem.Index; i < y.IntLength; i += WorkItem.Count)
            y[i] = a[i] + (3 * b[i]);
    }

    /// <summary>
    /// sum = factor · sum + term, over and over: no compiler can take that out of the loop.
    /// </summary>
    internal static void MultiplyAdd<TLanes>(ArrayView<float> y, int turns)
        where TLanes : unmanaged, ILanes<float, TLanes>
    {
        var at = WorkItem.Index * Registers * TLanes.Width;
        var (factor, term) = (y[at], Lanes.Load<float, TLanes>(y, at));
        var s0 = Lanes.Load<float, TLanes>(y, at);
        var s1 = Lanes.Load<float, TLanes>(y, at + TLanes.Width);
        var s2 = Lanes.Load<float, TLanes>(y, at + (2 * TLanes.Width));
        var s3 = Lanes.Load<float, TLanes>(y, at + (3 * TLanes.Width));
        var s4 = Lanes.Load<float, TLanes>(y, at + (4 * TLanes.Width));
        var s5 = Lanes.Load<float, TLanes>(y, at + (5 * TLanes.Width));
        var s6 = Lanes.Load<float, TLanes>(y, at + (6 * TLanes.Width));
        var s7 = Lanes.Load<float, TLanes>(y, at + (7 * TLanes.Width));
        for (var i = 0; i < turns; i++)
        {
            s0 = TLanes.Add(term, factor, s0);
            s1 = TLanes.Add(term, factor, s1);
            s2 = TLanes.Add(term, factor, s2);
            s3 = TLanes.Add(term, factor, s3);
            s4 = TLanes.Add(term, factor, s4);
            s5 = TLanes.Add(term, factor, s5);
            s6 = TLanes.Add(term, factor, s6);
            s7 = TLanes.Add(term, factor, s7);
        }

        Lanes.Store(y, at, s0);
        Lanes.Store(y, at + TLanes.Width, s1);
        Lanes.Store(y, at + (2 * TLanes.Width), s2);
        Lanes.Store(y, at + (3 * TLanes.Width), s3);
        Lanes.Store(y, at + (4 * TLanes.Width), s4);
        Lanes.Store(y, at + (5 * TLanes.Width), s5);
        Lanes.Store(y, at + (6 * TLanes.Width), s6);
        Lanes.Store(y, at + (7 * TLanes.Width), s7);
    }
}
