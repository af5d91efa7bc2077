using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using ILGPU.Runtime.Cuda;

namespace Spectral.Kernels;

/// <summary>What one kernel cost.</summary>
/// <param name="Kernel">Its name, with the types it was made for.</param>
/// <param name="Launches">How often it ran.</param>
/// <param name="Milliseconds">Time of all launches together, each waited for.</param>
public sealed record KernelTime(string Kernel, int Launches, double Milliseconds);

/// <summary>
/// Time by kernel. While a device has a profile (<see cref="ComputeDevice.Profile"/>) every launch is waited for,
/// so that kernels do not overlap and the whole takes longer; without one nothing is measured and nothing waits. On CUDA
/// the device's own clock tells the time, elsewhere the host's.
/// </summary>
public sealed class KernelProfile
{
    private readonly Dictionary<MethodInfo, (int Launches, double Milliseconds)> _times = [];
    private long _start;

    /// <summary>The kernels, the costliest first.</summary>
    public IReadOnlyList<KernelTime> Kernels =>
    [
        .. _times
            .Select(t => new KernelTime(KernelName.Of(t.Key), t.Value.Launches, t.Value.Milliseconds))
            .OrderByDescending(t => t.Milliseconds),
    ];

    /// <summary>Forgets what was measured.</summary>
    public void Clear() => _times.Clear();

    /// <summary>A table: milliseconds, share, launches, kernel.</summary>
    public override string ToString()
    {
        var kernels = Kernels;
        var total = Math.Max(kernels.Sum(k => k.Milliseconds), double.Epsilon);
        var text = new StringBuilder();
        text.AppendLine("        ms  share  launches  kernel");
        foreach (var kernel in kernels)
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"{kernel.Milliseconds,10:F2}  {kernel.Milliseconds / total,5:P0}  {kernel.Launches,8}  {kernel.Kernel}"));
        text.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"{total,10:F2}   100%  {kernels.Sum(k => k.Launches),8}  all"));
        return text.ToString();
    }

    internal void Begin(ComputeDevice device)
    {
        device.Synchronize();
        if (device.Stream is CudaStream stream)
        {
            device.Accelerator.Bind();
            device.Guard(() => StopwatchOf(device).Start(stream.StreamPtr));
        }
        else
        {
            _start = Stopwatch.GetTimestamp();
        }
    }

    internal void End(ComputeDevice device, Delegate kernel)
    {
        var milliseconds = 0.0;
        if (device.Stream is CudaStream stream)
        {
            device.Guard(() => milliseconds = StopwatchOf(device).Stop(stream.StreamPtr));
        }
        else
        {
            device.Synchronize();
            milliseconds = Stopwatch.GetElapsedTime(_start).TotalMilliseconds;
        }

        var (launches, before) = _times.GetValueOrDefault(kernel.Method);
        _times[kernel.Method] = (launches + 1, before + milliseconds);
    }

    private static CudaStopwatch StopwatchOf(ComputeDevice device) =>
        device.Resource(nameof(CudaStopwatch), _ => new CudaStopwatch());
}
