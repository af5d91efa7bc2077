using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Spectral.Kernels;

/// <summary>
/// Removes the two obstacles between ILGPU and a plain OpenCL run time. ILGPU asks for
/// <c>libOpenCL.so</c>, while a run-time package without the development files has only
/// <c>libOpenCL.so.1</c>; and it refuses a driver that does not report the generic address space.
/// </summary>
internal static class OpenClLibrary
{
    private static int _installed;

    /// <summary>Installs the library resolver once; later calls do nothing.</summary>
    internal static void EnsureResolvable()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 1)
            return;
        PoclSettings.Apply();
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Accelerator).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // The application has installed a resolver of its own for ILGPU: it decides.
        }
    }

    /// <summary>Marks the address space as generic where <see cref="DeviceQuirks"/> says that it is.</summary>
    internal static void ApplyQuirks(CLDevice device)
    {
        if (device.Capabilities.GenericAddressSpace || !DeviceQuirks.Of(device).AssumeGenericAddressSpace)
            return;
        typeof(CLCapabilityContext).GetProperty(nameof(CLCapabilityContext.GenericAddressSpace))!
            .GetSetMethod(nonPublic: true)!.Invoke(device.Capabilities, [true]);
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!name.Contains("OpenCL", StringComparison.OrdinalIgnoreCase))
            return IntPtr.Zero;
        if (NativeLibrary.TryLoad(name, assembly, path, out var handle))
            return handle;
        return NativeLibrary.TryLoad("libOpenCL.so.1", out handle) ? handle : IntPtr.Zero;
    }
}
