using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Spectral.Kernels;

/// <summary>
/// An opened device: its accelerator, its compiled kernels and its memory pool. Work is queued on one in-order
/// stream, but for what may run side by side, and runs asynchronously; use one device from one thread at a time.
/// </summary>
public sealed partial class ComputeDevice : IDisposable
{
    private static readonly Lock DefaultLock = new();
    private static ComputeDevice? _default;

    private readonly bool _ownsAccelerator;
    private readonly KernelCache _kernels;
    private readonly Dictionary<object, IDisposable> _resources = [];

    private ComputeDevice(
        DeviceInfo info, Accelerator accelerator, DeviceQuirks quirks, bool owns, long memoryLimit)
    {
        Info = info;
        Accelerator = accelerator;
        Stream = accelerator is CudaAccelerator cuda
            ? cuda.CreateStream(StreamFlags.CU_STREAM_DEFAULT)
            : accelerator.DefaultStream;
        Quirks = quirks;
        Limits = DeviceLimits.Of(accelerator, quirks);
        Pool = new BufferPool(this, memoryLimit);
        _ownsAccelerator = owns;
        _kernels = new KernelCache(accelerator);
    }

    /// <summary>
    /// The process's device, opened on first use as <c>SPECTRAL_DEVICE</c> or <c>auto</c> says.
    /// May be set before that.
    /// </summary>
    public static ComputeDevice Default
    {
        get
        {
            lock (DefaultLock)
                return _default ??= Open();
        }
        set
        {
            lock (DefaultLock)
                _default = value;
        }
    }

    /// <summary>What the device is.</summary>
    public DeviceInfo Info { get; }

    /// <summary>Back end of the device.</summary>
    public DeviceKind Kind => Info.Kind;

    /// <summary>The ILGPU accelerator underneath.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Numbers from which launch shapes are made.</summary>
    public DeviceLimits Limits { get; }

    /// <summary>The family's oddities.</summary>
    public DeviceQuirks Quirks { get; }

    /// <summary>The memory pool of the device.</summary>
    public BufferPool Pool { get; }

    /// <summary>Measures every launch while it is set; null, as it is at first, measures nothing.</summary>
    public KernelProfile? Profile { get; set; }

    /// <summary>
    /// Where everything is queued. CUDA's default stream cannot be captured, so it is one of our own there, which
    /// waits for the default one and is waited for by it: ILGPU code beside us need not know.
    /// </summary>
    internal AcceleratorStream Stream { get; private set; }

    /// <summary>Opens a device.</summary>
    /// <param name="selector">As for <see cref="DeviceCatalog.Find"/>.</param>
    /// <param name="memoryLimit">Bytes that the pool may take from the device; 0 for no limit.</param>
    /// <exception cref="DeviceNotFoundException">No such device, or it does not open.</exception>
    public static ComputeDevice Open(string? selector = null, long memoryLimit = 0)
    {
        var info = DeviceCatalog.Find(selector);
        var device = DeviceCatalog.DeviceOf(info);
        try
        {
            var accelerator = device.CreateAccelerator(DeviceCatalog.Context);
            return new ComputeDevice(info, accelerator, DeviceQuirks.Of(device), true, memoryLimit);
        }
        catch (Exception e) when (e is AcceleratorException or NotSupportedException)
        {
            throw new DeviceNotFoundException(
                "device", $"{info.Id} ({info.Name}) did not open: {e.Message}",
                "a device that its driver can open", "check the driver, or choose another device", e);
        }
    }

    /// <summary>
    /// Uses an accelerator that the caller made and owns, so that single families (the FFT, say) can
    /// join an existing ILGPU program. Its context must have ILGPU.Algorithms enabled.
    /// </summary>
    public static ComputeDevice Wrap(Accelerator accelerator)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        var kind = accelerator.AcceleratorType switch
        {
            AcceleratorType.Cuda => DeviceKind.Cuda,
            AcceleratorType.OpenCL => DeviceKind.OpenCl,
            _ => DeviceKind.Cpu,
        };
        var quirks = DeviceQuirks.Of(accelerator.Device);
        var info = new DeviceInfo(
            kind.ToString().ToLowerInvariant(), kind, accelerator.Name, accelerator.MemorySize, null,
            quirks.PrefersVectorLoops);
        return new ComputeDevice(info, accelerator, quirks, false, 0);
    }

    /// <summary>Waits until everything queued has run.</summary>
    /// <exception cref="DeviceLostException">The device failed.</exception>
    /// <exception cref="InvalidInputException">Launches are being recorded.</exception>
    public void Synchronize()
    {
        RefuseWhileRecording("a wait");
        Guard(() => Stream.Synchronize());
    }

    /// <summary>
    /// A resource that lives as long as the device (a table of twiddles, say), made once for each key.
    /// </summary>
    internal TResource Resource<TKey, TResource>(TKey key, Func<ComputeDevice, TResource> make)
        where TKey : notnull where TResource : class, IDisposable
    {
        lock (_resources)
        {
            if (_resources.TryGetValue(key, out var held))
                return (TResource)held;
            var made = make(this);
            _resources.Add(key, made);
            return made;
        }
    }

    /// <summary>Frees the device's tables, pool and, unless it was wrapped, the accelerator.</summary>
    public void Dispose()
    {
        foreach (var resource in _resources.Values)
            resource.Dispose();
        _resources.Clear();
        Pool.Dispose();
        if (Stream != Accelerator.DefaultStream)
            Stream.Dispose();
        if (_ownsAccelerator)
            Accelerator.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => Info.ToString();

    internal void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (AcceleratorException e)
        {
            throw Lost(e);
        }
    }

    internal DeviceLostException Lost(Exception e) => new(
        "device", $"{Info.Id} ({Info.Name}) failed: {e.Message}", "a device that stays up while it works",
        "start again (training: with --resume), with another device if it fails again", e);
}
