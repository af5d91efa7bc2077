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

    /// <summary>
    /// Around kernels that ask for whole registers: clang, told to tune for a processor without AVX-512,
    /// drops its preference for half of them. Where those processors are not meant, nothing changes.
    /// </summary>
    private const string WholeRegisters = """
        #if defined(__clang__) && defined(__AVX512F__)
        #pragma clang attribute push(__attribute__((target("tune=znver3"))), apply_to = function)
        #endif

        """;

    private const string EndWholeRegisters = """

        #if defined(__clang__) && defined(__AVX512F__)
        #pragma clang attribute pop
        #endif

        """;

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
        var source = FuseMultiplyAdd + compiled.Source;
        if (method.DeclaringType!.IsAssignableTo(typeof(IWholeRegisters)))
            source = WholeRegisters + source + EndWholeRegisters;
        var fusing = new CLCompiledKernel(
            accelerator.Context, EntryPointOf(compiled), compiled.Info, source, compiled.CVersion);
        return accelerator.LoadKernel(fusing).CreateLauncherDelegate<TLauncher>();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_EntryPoint")]
    private static extern SeparateViewEntryPoint EntryPointOf(CLCompiledKernel kernel);
}
