using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>Our work on a device.</summary>
internal sealed class DeviceContender : Contender
{
    private readonly ComputeDevice _device;
    private readonly Action _run;
    private readonly LaunchGraph? _graph;
    private readonly LocalContender _timed;

    /// <param name="device">Where it runs.</param>
    /// <param name="run">Queues it once; waits for nothing.</param>
    /// <param name="error">Distance from the same in double, or null.</param>
    /// <param name="replay">Whether it is recorded once and replayed.</param>
    /// <param name="held">What to free in the end.</param>
    internal DeviceContender(
        ComputeDevice device, Action run, Func<double>? error, bool replay, params IDisposable[] held)
    {
        (_device, _run) = (device, run);
        _graph = replay ? LaunchGraph.Record(device, run) : null;
        _timed = new LocalContender(_graph is null ? run : _graph.Replay, device.Synchronize, error, held);
    }

    internal override Sample Run(int runs) => _timed.Run(runs);

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

    public override void Dispose()
    {
        _graph?.Dispose();
        _timed.Dispose();
    }
}
