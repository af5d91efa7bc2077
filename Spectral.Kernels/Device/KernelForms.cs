using System.Reflection;

namespace Spectral.Kernels;

/// <summary>
/// A class of kernels that names every form of them which a plan can launch, so that tests can compile
/// each for devices that are not there.
/// </summary>
internal interface IKernelForms
{
    /// <summary>One delegate for each kernel and each set of type arguments it is launched with.</summary>
    static abstract IEnumerable<Delegate> Forms();
}

/// <summary>
/// A class of kernels with more forms than it lists: others are put together of the same parts as they are asked for.
/// </summary>
internal interface IOpenKernelForms : IKernelForms;

/// <summary>
/// A class of kernels that compute long enough without pause for the widest registers of a CPU to pay: the
/// same peak as two of half the width, with half the instructions (measured: products of matrices by panels
/// 85 to 96 GFLOP/s a core).
/// </summary>
internal interface IWholeRegisters;

/// <summary>Every kernel form of the library, collected from the <see cref="IKernelForms"/>.</summary>
internal static class KernelForms
{
    internal static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. typeof(KernelForms).Assembly.GetTypes()
            .Where(t => t is { IsInterface: false } && t.IsAssignableTo(typeof(IKernelForms)))
            .SelectMany(t => (IEnumerable<Delegate>)t
                .GetMethod(nameof(IKernelForms.Forms), BindingFlags.Static | BindingFlags.Public)!
                .Invoke(null, null)!)
            .Select(d => d.Method)
            .OrderBy(m => m.DeclaringType!.Name).ThenBy(m => m.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>All but those of widths that only a CPU is given.</summary>
    internal static IReadOnlyList<MethodInfo> OfAnyDevice { get; } =
        [.. All.Where(m => !m.GetGenericArguments().Any(RegisterLanes.AreWide))];
}
