using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// All memory of a device: buffers are rented in size classes, counted, and kept for reuse when they
/// come back. Because a device runs its work in order, a returned buffer can be rented again at once; where two pieces
/// of work run side by side, only by the same one.
/// </summary>
public sealed partial class BufferPool : IDisposable
{
    private const long Granule = 256;

    private readonly ComputeDevice _device;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Stack<MemoryBuffer1D<byte, Stride1D.Dense>>> _free = [];

    // Holds every buffer strongly: a forgotten array and its buffer become unreachable together, and
    // ILGPU's finaliser would free the memory of a buffer that this pool is about to rent out again.
    private readonly HashSet<MemoryBuffer1D<byte, Stride1D.Dense>> _owned =
        new(ReferenceEqualityComparer.Instance);

    private readonly ConcurrentQueue<(MemoryBuffer1D<byte, Stride1D.Dense>, MemoryRole)> _finalized = new();
    private readonly RoleCounters _roles = new(), _rolesAtPeak = new();
    private long _inUse, _peak, _reserved, _allocations, _rents;
    private bool _disposed;

    internal BufferPool(ComputeDevice device, long limit)
    {
        _device = device;
        Limit = limit > 0 ? limit : LimitFromEnvironment();
    }

    /// <summary>
    /// Bytes that may be taken from the device, 0 for no limit. Without one given, the environment
    /// variable <c>SPECTRAL_MEMORY_LIMIT</c> (bytes) is asked.
    /// </summary>
    public long Limit { get; }

    /// <summary>The counters now.</summary>
    public PoolStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                TakeBackFinalized();
                return new PoolStatistics(_inUse, _peak, _reserved, _allocations, _rents);
            }
        }
    }

    /// <summary>What was in use at the peak, by the roles that it had at that moment.</summary>
    public MemoryByRole PeakByRole
    {
        get
        {
            lock (_lock)
                return _rolesAtPeak.Now;
        }
    }

    /// <summary>Starts the peak anew from what is in use now.</summary>
    public void ResetPeak()
    {
        lock (_lock)
        {
            TakeBackFinalized();
            _peak = _inUse;
            _roles.CopyTo(_rolesAtPeak);
        }
    }

    /// <summary>Gives every buffer that is not in use back to the device.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            TakeBackFinalized();
            FreeUnused();
        }
    }

    /// <summary>Size class of a request: multiples of 256 bytes, then eighths of a power of two.</summary>
    internal static long SizeClass(long bytes)
    {
        var step = Granule;
        while (step * 16 < bytes)
            step *= 2;
        return Math.Max(Granule, (bytes + step - 1) / step * step);
    }

    internal MemoryBuffer1D<byte, Stride1D.Dense> Rent(long bytes, string operation)
    {
        var size = SizeClass(bytes);
        lock (_lock)
        {
            TakeBackFinalized();
            var buffer = Take(_branch, size) ?? Take(_free, size) ?? AllocateOrTakeOver(size, operation);
            _holding?.Buffers.Add(buffer);
            _rents++;
            _inUse += size;
            _roles.Add(MemoryRole.Temporary, size);
            if (_inUse > _peak)
            {
                _peak = _inUse;
                _roles.CopyTo(_rolesAtPeak);
            }

            return buffer;
        }
    }

    internal void ChangeRole(MemoryBuffer1D<byte, Stride1D.Dense> buffer, MemoryRole from, MemoryRole to)
    {
        lock (_lock)
        {
            _roles.Add(from, -buffer.Length);
            _roles.Add(to, buffer.Length);
        }
    }

    internal void Return(MemoryBuffer1D<byte, Stride1D.Dense> buffer, MemoryRole role)
    {
        lock (_lock)
            TakeBack(buffer, role);
    }

    /// <summary>Called from a finaliser thread: the buffer is taken back at the next rent.</summary>
    internal void ReturnLater(MemoryBuffer1D<byte, Stride1D.Dense> buffer, MemoryRole role) =>
        _finalized.Enqueue((buffer, role));

    /// <summary>Frees every unused buffer; those still rented are freed when they come back.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            TakeBackFinalized();
            foreach (var (buffer, isBack) in _held)
                if (isBack)
                    PutBack(buffer);
            _held.Clear();
            _disposed = true;
            FreeUnused();
        }
    }

    private MemoryBuffer1D<byte, Stride1D.Dense> AllocateOrTakeOver(long size, string operation)
    {
        try
        {
            return Allocate(size, operation);
        }
        catch (DeviceMemoryException)
        {
            if (!TakeOverFirstBranch())
                throw;
            return Take(_branch, size) ?? Allocate(size, operation);
        }
    }

    private MemoryBuffer1D<byte, Stride1D.Dense> Allocate(long size, string operation)
    {
        if (Limit > 0 && _reserved + size > Limit)
            FreeUnused();
        if (Limit > 0 && _reserved + size > Limit)
            throw Exhausted(operation, size, $"the pool's limit of {Limit:N0} bytes", null);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var buffer = _device.Accelerator.Allocate1D<byte>(size);
                _owned.Add(buffer);
                _reserved += size;
                _allocations++;
                return buffer;
            }
            catch (Exception e) when (e is AcceleratorException or OutOfMemoryException)
            {
                if (attempt == 1)
                    throw Exhausted(operation, size, $"the memory of {_device.Info.Id}", e);
                FreeUnused();
            }
        }
    }

    private DeviceMemoryException Exhausted(string operation, long size, string bound, Exception? inner) =>
        new(operation, $"{size:N0} bytes more than the {_inUse:N0} in use do not fit", bound,
            "use a smaller batch, a higher compression rate, or a device with more memory", inner);

    private void FreeUnused()
    {
        // What came back during a recording will be written to by its replays.
        if (_holding is not null)
            return;
        foreach (var free in _branch is null ? [_free] : new[] { _free, _branch })
            foreach (var stack in free.Values)
                while (stack.TryPop(out var buffer))
                    Free(buffer);
    }

    private void Free(MemoryBuffer1D<byte, Stride1D.Dense> buffer)
    {
        _reserved -= buffer.Length;
        _owned.Remove(buffer);
        buffer.Dispose();
    }

    // Who forgot them, and when, is not known: a branch of work must not take them for its own.
    private void TakeBackFinalized()
    {
        while (_branches.Count == 0 && _finalized.TryDequeue(out var forgotten))
            TakeBack(forgotten.Item1, forgotten.Item2);
    }

    private void TakeBack(MemoryBuffer1D<byte, Stride1D.Dense> buffer, MemoryRole role)
    {
        var size = buffer.Length;
        _inUse -= size;
        _roles.Add(role, -size);
        if (_disposed)
        {
            Free(buffer);
            return;
        }

        if (_held.ContainsKey(buffer))
            _held[buffer] = true;
        else
            PutBack(buffer);
    }

    private void PutBack(MemoryBuffer1D<byte, Stride1D.Dense> buffer)
    {
        var free = _branch ?? _free;
        if (!free.TryGetValue(buffer.Length, out var stack))
            free[buffer.Length] = stack = new Stack<MemoryBuffer1D<byte, Stride1D.Dense>>();
        stack.Push(buffer);
    }

    private static MemoryBuffer1D<byte, Stride1D.Dense>? Take(
        Dictionary<long, Stack<MemoryBuffer1D<byte, Stride1D.Dense>>>? free, long size) =>
        free is not null && free.TryGetValue(size, out var stack) && stack.TryPop(out var buffer) ? buffer : null;

    private static long LimitFromEnvironment()
    {
        var text = Environment.GetEnvironmentVariable("SPECTRAL_MEMORY_LIMIT");
        if (string.IsNullOrWhiteSpace(text))
            return 0;
        Throw.Unless(long.TryParse(text, out var limit) && limit >= 0, "SPECTRAL_MEMORY_LIMIT",
            $"'{text}'", "a number of bytes, 0 or more", "set it to such a number or remove it");
        return limit;
    }
}
