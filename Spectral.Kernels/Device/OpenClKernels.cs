using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace Spectral.Kernels;

/// <summary>
/// Kernels as OpenCL source. A kernel is the same text whatever was compiled before it, so that a run time that keeps
/// compiled kernels, as PoCL does on disk, finds it again.
/// </summary>
internal static partial class OpenClKernels
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

    // Of each context: a device that is opened again has its kernels made anew, but not their source.
    private static readonly ConditionalWeakTable<
        Context, ConcurrentDictionary<(Device, MethodInfo), CLCompiledKernel>> Made = [];

    internal static CLCompiledKernel Get(CLAccelerator accelerator, MethodInfo method) =>
        Made.GetOrCreateValue(accelerator.Context)
            .GetOrAdd((accelerator.Device, method), _ => Compile(accelerator, method));

    /// <summary>
    /// Types and labels, which ILGPU numbers through everything that it has compiled in the process, counted from 0.
    /// </summary>
    internal static string Renumber(string source)
    {
        var numbers = new Dictionary<string, string>();
        return Numbered().Replace(source, name =>
        {
            if (!numbers.TryGetValue(name.Value, out var number))
                numbers[name.Value] = number = $"{name.Groups[1].ValueSpan}_{numbers.Count}";
            return number;
        });
    }

    /// <summary>
    /// Whether a kernel gains from whole registers: lanes that fill half of one lose (measured: transforms of a few rows of
    /// 1700, eight at a time, take a fifth to two thirds longer).
    /// </summary>
    internal static bool AsksForWholeRegisters(MethodInfo method) =>
        method.DeclaringType!.IsAssignableTo(typeof(IWholeRegisters))
        && !method.GetGenericArguments().Any(RegisterLanes.AreHalf);

    internal static CLCompiledKernel Compile(CLAccelerator accelerator, MethodInfo method)
    {
        var compiled = (CLCompiledKernel)accelerator.CompileKernel(
            EntryPointDescription.FromExplicitlyGroupedKernel(method));
        var source = FuseMultiplyAdd + Renumber(compiled.Source);
        if (AsksForWholeRegisters(method))
            source = WholeRegisters + source + EndWholeRegisters;
        return new CLCompiledKernel(
            accelerator.Context, EntryPointOf(compiled), compiled.Info, source, compiled.CVersion);
    }

    [GeneratedRegex(@"\b(type|L)_[0-9]+")]
    private static partial Regex Numbered();

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_EntryPoint")]
    private static extern SeparateViewEntryPoint EntryPointOf(CLCompiledKernel kernel);
}
