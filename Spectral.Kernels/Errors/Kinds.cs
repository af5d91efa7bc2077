namespace Spectral.Kernels;

/// <summary>An argument, shape, element type or option that an operation does not take.</summary>
public sealed class InvalidInputException(string operation, string given, string allowed, string remedy)
    : SpectralException(operation, given, allowed, remedy);

/// <summary>A data file, folder or checkpoint that cannot be read as what it claims to be.</summary>
public sealed class DataFormatException(
    string operation, string given, string allowed, string remedy, Exception? inner = null)
    : SpectralException(operation, given, allowed, remedy, inner);

/// <summary>A file or folder that cannot be written: a full disk, a read-only folder.</summary>
public sealed class StorageException(
    string operation, string given, string allowed, string remedy, Exception? inner = null)
    : SpectralException(operation, given, allowed, remedy, inner);

/// <summary>A device that was asked for and cannot be had.</summary>
public sealed class DeviceNotFoundException(
    string operation, string given, string allowed, string remedy, Exception? inner = null)
    : SpectralException(operation, given, allowed, remedy, inner);

/// <summary>Device memory, or the pool's limit, is exhausted.</summary>
public sealed class DeviceMemoryException(
    string operation, string given, string allowed, string remedy, Exception? inner = null)
    : SpectralException(operation, given, allowed, remedy, inner);

/// <summary>The device or its driver failed while working; the process should be restarted.</summary>
public sealed class DeviceLostException(
    string operation, string given, string allowed, string remedy, Exception? inner = null)
    : SpectralException(operation, given, allowed, remedy, inner);
