using System.Reflection;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Spectral.Kernels;

/// <summary>
/// The launchers of one accelerator, each kernel compiled once and held: ILGPU itself keeps only weak
/// references and would compile again.
/// </summary>
internal sealed class KernelCache(Accelerator accelerator)
{
    private readonly Dictionary<Delegate, Delegate> _byDelegate = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<MethodInfo, Delegate> _byMethod = [];

    /// <summary>Every kernel method that some accelerator of this process has loaded.</summary>
    internal static HashSet<MethodInfo> EverLoaded { get; } = [];

    internal TLauncher Get<TLauncher>(Delegate kernel) where TLauncher : Delegate
    {
        if (_byDelegate.TryGetValue(kernel, out var launcher))
            return (TLauncher)launcher;
        var method = kernel.Method;
        if (!_byMethod.TryGetValue(method, out launcher))
        {
            launcher = Load<TLauncher>(method);
            _byMethod.Add(method, launcher);
            lock (EverLoaded)
                EverLoaded.Add(method);
        }

        _byDelegate[kernel] = launcher;
        return (TLauncher)launcher;
    }

    private TLauncher Load<TLauncher>(MethodInfo method) where TLauncher : Delegate =>
        accelerator is CLAccelerator opencl
            ? accelerator.LoadKernel(OpenClKernels.Get(opencl, method)).CreateLauncherDelegate<TLauncher>()
            : accelerator.LoadKernel<TLauncher>(method);
}
