using System.Runtime.InteropServices;

namespace Spectral.Kernels;

/// <summary>
/// Uploads that do not wait for the device: values are copied into pinned memory, and the device takes them
/// when its queue gets there. The device is waited for only when every slot has been used since the last
/// time, so that the host can be some steps ahead, but not without bound.
/// </summary>
/// <param name="device">Where to.</param>
/// <param name="slots">Uploads between two waits, at least 1.</param>
public sealed class StagingRing(ComputeDevice device, int slots = 16) : IDisposable
{
    private readonly byte[]?[] _slots = new byte[]?[slots];
    private int _next;

    /// <summary>Puts values into new device memory; they may be changed as soon as this returns.</summary>
    /// <param name="values">The values.</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    /// <returns>The memory, the caller's.</returns>
    public DeviceArray Upload<T>(ReadOnlySpan<T> values, string operation = "upload") where T : unmanaged
    {
        var array = new DeviceArray(device, DTypes.Of<T>(), values.Length, operation);
        if (_next == _slots.Length)
        {
            device.Synchronize();
            _next = 0;
        }

        var bytes = MemoryMarshal.AsBytes(values);
        if (_slots[_next] is not { } slot || slot.Length < bytes.Length)
            _slots[_next] = slot = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        _next++;
        bytes.CopyTo(slot);
        array.CopyFromPinned<T>(MemoryMarshal.Cast<byte, T>(slot.AsSpan(0, bytes.Length)));
        return array;
    }

    /// <summary>Waits until the device has taken everything.</summary>
    public void Dispose()
    {
        if (_next > 0)
            device.Synchronize();
        _next = 0;
    }
}
