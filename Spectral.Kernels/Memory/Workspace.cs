namespace Spectral.Kernels;

/// <summary>
/// Scratch memory that a plan declares and its caller lends: rented for the length of a <c>using</c>.
/// </summary>
public readonly struct Workspace : IDisposable
{
    private readonly DeviceArray _array;

    /// <summary>Rents <paramref name="length"/> elements of scratch.</summary>
    public Workspace(ComputeDevice device, DType type, long length, string operation) =>
        _array = new DeviceArray(device, type, length, operation);

    /// <summary>The scratch; its contents are undefined.</summary>
    public DeviceArray Array => _array;

    /// <summary>Returns the scratch to the pool.</summary>
    public void Dispose() => _array.Dispose();
}
