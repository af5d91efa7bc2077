using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>Our work on a device.</summary>
internal sealed class DeviceContender : Contender
{
    private readonly ComputeDevice _device;
    private readonly Action _run;
    private readonly LaunchGraph? _graph;
    private readonly LocalContender _timed;
    private readonly int _runsAtOnce;

    /// <param name="device">Where it runs.</param>
    /// <param name="run">Queues it once; waits for nothing.</param>
    /// <param name="error">Distance from the same in double, or null.</param>
    /// <param name="graphRuns">Runs that are recorded as one graph and replayed, or 0 to launch them one by one.</param>
    /// <param name="held">What to free in the end.</param>
    internal DeviceContender(
        ComputeDevice device, Action run, Func<double>? error, int graphRuns, params IDisposable[] held)
    {
        (_device, _run) = (device, run);
        _runsAtOnce = Math.Max(graphRuns, 1);
        _graph = graphRuns > 0 ? LaunchGraph.Record(device, () => Repeat(run, graphRuns)) : null;
        _timed = new LocalContender(_graph is null ? run : _graph.Replay, device.Synchronize, error, held);
    }

    internal override Sample Run(int runs)
    {
        var sample = _timed.Run(Math.Max(1, runs / _runsAtOnce));
        return new Sample(sample.Seconds / _runsAtOnce, sample.CpuSeconds / _runsAtOnce);
    }

    internal override double? Error() => _timed.Error();

    internal override IReadOnlyList<KernelTime> Kernels()
    {
        var profile = new KernelProfile();
        _device.Profile = profile;
        try
        {
            _run();
        }
        finally
        {
            _device.Profile = null;
        }

        return profile.Kernels;
    }

    private static void Repeat(Action run, int times)
    {
        for (var i = 0; i < times; i++)
            run();
    }

    public override void Dispose()
    {
        _graph?.Dispose();
        _timed.Dispose();
    }
}
