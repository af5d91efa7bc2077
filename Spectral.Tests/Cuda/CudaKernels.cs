using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>
/// Every kernel form as PTX, compiled once. It names sm_80 as its target, which the assembler takes for every
/// later processor too.
/// </summary>
internal static partial class CudaKernels
{
    private static readonly Lazy<(List<Compiled> Kernels, List<string> Problems)> Everything =
        new(CompileAll);

    internal sealed record Compiled(string Name, string Ptx);

    /// <summary>The forms that compile.</summary>
    internal static IReadOnlyList<Compiled> All => Everything.Value.Kernels;

    /// <summary>What the compiler says of the others.</summary>
    internal static IReadOnlyList<string> Problems => Everything.Value.Problems;

    /// <summary>Several kernels as one module, the i-th of them named <c>k_i</c>.</summary>
    internal static string Module(IReadOnlyList<Compiled> kernels) => string.Concat(kernels.Select((k, i) =>
        Entry().Replace(i == 0 ? k.Ptx : Header().Replace(k.Ptx, ""), $".entry k_{i}(", 1)));

    private static (List<Compiled> Kernels, List<string> Problems) CompileAll()
    {
        using var backend = new PTXBackend(
            DeviceCatalog.Context, CudaArchitecture.SM_80, new CudaInstructionSet(7, 8), null!);
        var kernels = new List<Compiled>();
        var problems = new List<string>();
        foreach (var method in KernelForms.OfAnyDevice)
        {
            try
            {
                kernels.Add(new Compiled(KernelName.Of(method), ToPtx(backend, method)));
            }
            catch (Exception e) when (e is InternalCompilerException or NotSupportedException)
            {
                problems.Add($"{KernelName.Of(method)}: {(e.InnerException ?? e).Message}");
            }
        }

        return (kernels, problems);
    }

    private static string ToPtx(PTXBackend backend, MethodInfo method)
    {
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(method);
        var compiled = backend.Compile(entry, KernelSpecialization.Empty);
        return ((PTXCompiledKernel)compiled).PTXAssembly;
    }

    [GeneratedRegex(@"\.entry\s+\w+\(")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\.(version|target|address_size)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Header();
}
