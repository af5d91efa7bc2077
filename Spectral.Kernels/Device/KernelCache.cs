using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Spectral.Kernels;

/// <summary>
/// The launchers of one accelerator, each kernel compiled once and held: ILGPU itself keeps only weak
/// references and would compile again.
/// </summary>
internal sealed class KernelCache(Accelerator accelerator)
{
    /// <summary>
    /// Lets the compiler fuse a product and a sum that ILGPU writes as two statements: twice the speed
    /// of matrix products on a CPU. Compilers that do not know the pragma pass over it.
    /// </summary>
    private const string FuseMultiplyAdd = "#pragma clang fp contract(fast)\n";

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

    private TLauncher Load<TLauncher>(MethodInfo method) where TLauncher : Delegate
    {
        if (accelerator is not CLAccelerator)
            return accelerator.LoadKernel<TLauncher>(method);
        var compiled = (CLCompiledKernel)accelerator.CompileKernel(
            EntryPointDescription.FromExplicitlyGroupedKernel(method));
        var fusing = new CLCompiledKernel(
            accelerator.Context, EntryPointOf(compiled), compiled.Info, FuseMultiplyAdd + compiled.Source,
            compiled.CVersion);
        return accelerator.LoadKernel(fusing).CreateLauncherDelegate<TLauncher>();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_EntryPoint")]
    private static extern SeparateViewEntryPoint EntryPointOf(CLCompiledKernel kernel);
}
