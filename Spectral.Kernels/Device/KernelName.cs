using System.Reflection;

namespace Spectral.Kernels;

/// <summary>Kernel forms as a reader writes them: <c>ReduceKernels.Sum&lt;Single&gt;</c>.</summary>
internal static class KernelName
{
    internal static string Of(MethodInfo kernel)
    {
        var name = $"{Of(kernel.DeclaringType!)}.{kernel.Name}";
        return kernel.IsGenericMethod ? name + Arguments(kernel.GetGenericArguments()) : name;
    }

    private static string Of(Type type)
    {
        var name = type.IsNested ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;
        var tick = name.IndexOf('`');
        return tick < 0 ? name : name[..tick] + Arguments(type.GetGenericArguments());
    }

    private static string Arguments(Type[] types) => $"<{string.Join(", ", types.Select(Of))}>";
}
