namespace Spectral.Kernels;

/// <summary>Counters of a <see cref="BufferPool"/>; all sizes in bytes.</summary>
/// <param name="BytesInUse">Rented and not yet returned.</param>
/// <param name="PeakBytesInUse">Most that was rented at once since the last reset.</param>
/// <param name="BytesReserved">Taken from the device, in use or kept for reuse.</param>
/// <param name="DeviceAllocations">How often the device itself was asked for memory.</param>
/// <param name="Rents">How often a buffer was rented.</param>
public readonly record struct PoolStatistics(
    long BytesInUse, long PeakBytesInUse, long BytesReserved, long DeviceAllocations, long Rents);
