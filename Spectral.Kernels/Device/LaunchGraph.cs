using ILGPU.Runtime.Cuda;

namespace Spectral.Kernels;

/// <summary>
/// Launches that are recorded once and then replayed as one: on CUDA a replay costs a single call of the
/// driver, however many kernels it runs. On other devices, which know no such thing, a replay runs the action
/// again.
/// </summary>
/// <remarks>
/// On CUDA a replay repeats the launches with the very arguments and arrays of the recording: a learning
/// rate, a step counter or a random state stay what they were. Arrays made before the recording must be kept
/// until the graph is disposed; memory that was rented during it stays reserved for the graph by itself.
/// </remarks>
public sealed class LaunchGraph : IDisposable
{
    private readonly ComputeDevice _device;
    private readonly Action _launches;
    private readonly HeldMemory? _memory;
    private nint _executable;

    private LaunchGraph(ComputeDevice device, Action launches, nint executable, HeldMemory? memory) =>
        (_device, _launches, _executable, _memory) = (device, launches, executable, memory);

    /// <summary>Whether a replay is one call of the driver; else it runs the action.</summary>
    public bool IsCaptured => _executable != 0;

    /// <summary>
    /// Runs the action once, which makes what is made on first use, and records its launches. On CUDA the
    /// action itself is called twice, the second time without effect on the device.
    /// </summary>
    /// <param name="device">Where the action launches.</param>
    /// <param name="launches">
    /// Queues work on the device and neither waits for it nor copies to or from the host.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// The action waits, copies to or from the host, or records a graph itself, also after its first run. On
    /// other devices than CUDA it is <see cref="Replay"/> that throws.
    /// </exception>
    /// <exception cref="DeviceLostException">The driver refused.</exception>
    public static LaunchGraph Record(ComputeDevice device, Action launches)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(launches);
        device.RefuseWhileRecording("a recording");
        launches();
        if (device.Stream is not CudaStream stream)
            return new LaunchGraph(device, launches, 0, null);

        device.Synchronize();
        device.Accelerator.Bind();
        using var recording = device.Recording();
        var memory = device.Pool.Hold();
        try
        {
            device.Guard(() => CudaGraphs.Begin(stream.StreamPtr));
            try
            {
                launches();
            }
            catch
            {
                CudaGraphs.Abandon(stream.StreamPtr);
                throw;
            }

            nint executable = 0;
            device.Guard(() => executable = CudaGraphs.End(stream.StreamPtr));
            device.Pool.EndHold(memory);
            return new LaunchGraph(device, launches, executable, memory);
        }
        catch
        {
            device.Pool.Release(memory);
            throw;
        }
    }

    /// <summary>Queues everything that was recorded.</summary>
    /// <exception cref="InvalidInputException">As for <see cref="Record"/>.</exception>
    /// <exception cref="ObjectDisposedException">The graph was disposed.</exception>
    /// <exception cref="DeviceLostException">The device failed.</exception>
    public void Replay()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (_executable == 0)
        {
            using (_device.Recording())
                _launches();
            return;
        }

        _device.Accelerator.Bind();
        _device.Guard(() => CudaGraphs.Launch(_executable, ((CudaStream)_device.Stream).StreamPtr));
    }

    /// <summary>Whether the graph has been disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Waits for replays under way, then frees the graph and the memory reserved for it.</summary>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        if (_executable == 0)
            return;
        _device.Synchronize();
        _device.Accelerator.Bind();
        CudaGraphs.Destroy(_executable);
        _executable = 0;
        _device.Pool.Release(_memory!);
    }
}
