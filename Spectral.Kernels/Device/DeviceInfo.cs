namespace Spectral.Kernels;

/// <summary>What is known of one device before it is opened.</summary>
/// <param name="Id">Name to select it by: <c>cuda:0</c>, <c>opencl:0</c>, <c>cpu</c>.</param>
/// <param name="Kind">Its back end.</param>
/// <param name="Name">The vendor's name of the device.</param>
/// <param name="MemoryBytes">Its memory in bytes; 0 where the back end does not say.</param>
/// <param name="Rejected">Why it cannot be used, or null when it can.</param>
/// <param name="IsCpuRuntime">True for an OpenCL run time on the CPU (PoCL) and for ILGPU's CPU device.</param>
public sealed record DeviceInfo(
    string Id, DeviceKind Kind, string Name, long MemoryBytes, string? Rejected, bool IsCpuRuntime)
{
    /// <summary>Whether the device can be opened.</summary>
    public bool IsUsable => Rejected is null;

    /// <inheritdoc/>
    public override string ToString() =>
        IsUsable ? $"{Id}  {Name}" : $"{Id}  {Name}  (rejected: {Rejected})";
}
