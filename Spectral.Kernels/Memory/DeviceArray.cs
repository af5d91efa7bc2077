using System.Numerics;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// A dense run of elements in a device's memory, rented from its pool. References are counted: the
/// memory goes back to the pool with the last <see cref="Dispose"/>, or when the collector finds it.
/// </summary>
public sealed class DeviceArray : IDisposable
{
    private readonly MemoryBuffer1D<byte, Stride1D.Dense> _buffer;
    private int _references = 1;

    /// <summary>Rents memory; its contents are undefined.</summary>
    /// <param name="device">Device whose pool lends it.</param>
    /// <param name="type">Element type.</param>
    /// <param name="length">Number of elements, 0 or more.</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    /// <exception cref="DeviceMemoryException">The device or the pool's limit is exhausted.</exception>
    public DeviceArray(ComputeDevice device, DType type, long length, string operation = "allocate")
    {
        Throw.Unless(length is >= 0 and <= int.MaxValue, operation, $"{length:N0} elements",
            $"0 to {int.MaxValue:N0}", "split the batch");
        Device = device;
        DType = type;
        Length = (int)length;
        _buffer = device.Pool.Rent(Math.Max(1, length) * type.SizeOf(), operation);
    }

    /// <summary>Takes the memory back when every holder has forgotten it.</summary>
    ~DeviceArray()
    {
        if (_references > 0 && _buffer is not null)
            Device.Pool.ReturnLater(_buffer, Role);
    }

    /// <summary>The device that holds the memory.</summary>
    public ComputeDevice Device { get; }

    /// <summary>Element type.</summary>
    public DType DType { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether the memory has been given back.</summary>
    public bool IsDisposed => Volatile.Read(ref _references) == 0;

    /// <summary>Whether more than one holder refers to the memory.</summary>
    public bool IsShared => Volatile.Read(ref _references) > 1;

    /// <summary>What the memory is held for, as the pool counts it.</summary>
    public MemoryRole Role { get; private set; }

    /// <summary>
    /// Counts changes in place, so that a backward pass can tell that a saved value is no longer the one
    /// it saved.
    /// </summary>
    public int Version { get; private set; }

    /// <summary>
    /// Smallest and largest of Int32 elements that came from the host, while nothing has changed them since;
    /// null otherwise. It lets class indices be checked without waiting for the device.
    /// </summary>
    public (int Smallest, int Largest)? IntegerRange { get; private set; }

    /// <summary>Notes a change in place of memory that others may have saved.</summary>
    public void MarkChanged()
    {
        Version++;
        IntegerRange = null;
    }

    /// <summary>Tells the pool what the memory is held for from now on.</summary>
    /// <returns>This array.</returns>
    public DeviceArray MarkRole(MemoryRole role)
    {
        if (role != Role && !IsDisposed)
            Device.Pool.ChangeRole(_buffer, Role, role);
        Role = role;
        return this;
    }

    /// <summary>Rents memory and fills it from the host.</summary>
    public static DeviceArray From<T>(ComputeDevice device, ReadOnlySpan<T> values) where T : unmanaged
    {
        var array = new DeviceArray(device, DTypes.Of<T>(), values.Length);
        array.CopyFrom(values);
        return array;
    }

    /// <summary>The elements, for kernels and for ILGPU code.</summary>
    /// <exception cref="InvalidInputException">
    /// <typeparamref name="T"/> is not the element type, or the memory was given back.
    /// </exception>
    public ArrayView<T> View<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != DType)
            Throw.Invalid("view", $"{typeof(T).Name} elements", $"{DType} elements", "use the array's own type");
        return Raw().Cast<T>().SubView(0, Length);
    }

    /// <summary>Pairs of reals as interleaved complex numbers; half as many elements.</summary>
    /// <exception cref="InvalidInputException">As for <see cref="View{T}"/>.</exception>
    public ArrayView<Complex<T>> ComplexView<T>() where T : unmanaged, INumber<T> =>
        View<T>().SubView(0, Length / 2 * 2).Cast<Complex<T>>();

    /// <summary>One more holder; pair it with a <see cref="Dispose"/>.</summary>
    public DeviceArray AddReference()
    {
        Raw();
        Interlocked.Increment(ref _references);
        return this;
    }

    /// <summary>Copies from the host; waits until the values have been taken.</summary>
    public unsafe void CopyFrom<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        // ILGPU takes the address as it is: unpinned, the collector would move the array meanwhile.
        fixed (T* pinned = values)
        {
            CopyFromPinned(values);
            if (values.Length > 0)
                Device.Synchronize();
        }
    }

    /// <summary>
    /// Queues a copy from pinned memory, which must stay as it is until the device has been waited for.
    /// </summary>
    internal void CopyFromPinned<T>(ReadOnlySpan<T> pinned) where T : unmanaged
    {
        var view = View<T>();
        Throw.Unless(pinned.Length == Length, "copy", $"{pinned.Length} values", $"{Length}", "give as many");
        if (Length == 0)
            return;
        Device.RefuseWhileRecording("a copy from the host");
        MarkChanged();
        if (typeof(T) == typeof(int))
            IntegerRange = RangeOf(MemoryMarshal.Cast<T, int>(pinned));
        try
        {
            view.CopyFromCPUUnsafeAsync(Device.Stream, ref MemoryMarshal.GetReference(pinned), Length);
        }
        catch (AcceleratorException e)
        {
            throw Device.Lost(e);
        }
    }

    /// <summary>Copies to the host; waits for everything queued before it.</summary>
    public unsafe void CopyTo<T>(Span<T> values) where T : unmanaged
    {
        var view = View<T>();
        Throw.Unless(values.Length == Length, "copy", $"room for {values.Length}", $"{Length}", "give as much");
        if (Length == 0)
            return;
        Device.RefuseWhileRecording("a copy to the host");
        try
        {
            fixed (T* pinned = values)
                view.CopyToCPU(Device.Stream, ref *pinned, Length);
        }
        catch (AcceleratorException e)
        {
            throw Device.Lost(e);
        }
    }

    /// <summary>The elements as a new host array.</summary>
    public T[] ToArray<T>() where T : unmanaged
    {
        var values = new T[Length];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear()
    {
        var view = Raw();
        MarkChanged();
        Device.Guard(() => view.MemSetToZero(Device.Stream));
    }

    /// <summary>Copies the elements of <paramref name="source"/>, of the same type and length.</summary>
    public void CopyFrom(DeviceArray source)
    {
        Throw.Unless(source.Length == Length, "copy", $"{source.Length} elements", $"{Length}",
            "copy between equals");
        CopyPrefixOf(source);
    }

    /// <summary>Copies all of <paramref name="source"/>, of the same type, to a place in this array.</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="at">Index of its first element here.</param>
    public void CopyFrom(DeviceArray source, int at)
    {
        Throw.Unless(
            source.DType == DType && source.Device == Device && at >= 0 && at + (long)source.Length <= Length,
            "copy", $"{source.Length} {source.DType} to index {at} of {Length} {DType}",
            "a place inside an array of the same type and device", "check index and lengths");
        MarkChanged();
        var size = DType.SizeOf();
        var from = source.Raw().SubView(0, (long)source.Length * size);
        var to = Raw().SubView((long)at * size, (long)source.Length * size);
        Device.Guard(() => from.CopyTo(Device.Stream, to));
    }

    /// <summary>Copies the first elements of a longer (or equal) array of the same type.</summary>
    public void CopyPrefixOf(DeviceArray source)
    {
        Throw.Unless(source.DType == DType && source.Length >= Length && source.Device == Device, "copy",
            $"{source.Length} {source.DType} on {source.Device.Info.Id}",
            $"at least {Length} {DType} on {Device.Info.Id}", "copy from a longer array of the same type");
        MarkChanged();
        var bytes = (long)Length * DType.SizeOf();
        var (from, to) = (source.Raw().SubView(0, bytes), Raw().SubView(0, bytes));
        Device.Guard(() => from.CopyTo(Device.Stream, to));
    }

    /// <summary>Gives up one reference; the last one returns the memory to the pool.</summary>
    public void Dispose()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
        {
            GC.SuppressFinalize(this);
            Device.Pool.Return(_buffer, Role);
        }
        else if (left < 0)
        {
            Interlocked.Increment(ref _references);
        }
    }

    private static (int Smallest, int Largest) RangeOf(ReadOnlySpan<int> values)
    {
        var (smallest, largest) = (values[0], values[0]);
        foreach (var value in values)
            (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        return (smallest, largest);
    }

    private ArrayView<byte> Raw()
    {
        if (IsDisposed)
            Throw.Invalid("view", "memory that was given back", "memory still held",
                "keep the tensor out of the scope, or read it earlier");
        return _buffer.View.BaseView;
    }
}
