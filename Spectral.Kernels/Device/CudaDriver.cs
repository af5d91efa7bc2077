using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace Spectral.Kernels;

/// <summary>NVIDIA's driver, for the few of its functions that ILGPU does not offer.</summary>
internal static class CudaDriver
{
    private static readonly nint Library =
        NativeLibrary.Load(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1");

    /// <summary>Address of a function.</summary>
    internal static nint Function(string name) => NativeLibrary.GetExport(Library, name);

    /// <exception cref="CudaException">The result is an error.</exception>
    internal static void Check(int result) => CudaException.ThrowIfFailed((CudaError)result);
}
