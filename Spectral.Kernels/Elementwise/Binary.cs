using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Functions of two arguments that <see cref="Binary"/> runs.</summary>
public enum BinaryKind
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a · b.</summary>
    Multiply,
}

/// <summary>Element-wise functions of two arguments.</summary>
public static class Binary
{
    /// <summary>y = f(a, b), element by element; <paramref name="y"/> may be either argument.</summary>
    /// <exception cref="InvalidInputException">Lengths or element types differ.</exception>
    public static void Apply(BinaryKind kind, DeviceArray a, DeviceArray b, DeviceArray y)
    {
        Throw.Unless(
            a.Length == b.Length && a.Length == y.Length && a.DType == b.DType && a.DType == y.DType,
            kind.ToString(), $"{a.Length} {a.DType}, {b.Length} {b.DType} into {y.Length} {y.DType}",
            "equal lengths and one real type", "allocate the result like the arguments");
        if (a.DType == DType.Float32)
            Apply<float>(kind, a, b, y);
        else
            Apply<double>(kind, a, b, y);
    }

    private static void Apply<T>(BinaryKind kind, DeviceArray a, DeviceArray b, DeviceArray y)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>> kernel = kind switch
        {
            BinaryKind.Add => BinaryKernels.Apply<T, AddFunction<T>>,
            _ => BinaryKernels.Apply<T, MultiplyFunction<T>>,
        };
        a.Device.Launch(kernel, a.Device.Limits.Elements(a.Length), a.View<T>(), b.View<T>(), y.View<T>());
    }
}
