using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Element-wise functions of one argument.</summary>
public static class Unary
{
    /// <summary>y = f(x), element by element; <paramref name="y"/> may be <paramref name="x"/>.</summary>
    /// <param name="kind">The function.</param>
    /// <param name="x">Arguments, any length.</param>
    /// <param name="y">Results, as long.</param>
    /// <param name="parameter">Parameter of the function, where it has one.</param>
    /// <exception cref="InvalidInputException">Lengths or element types differ.</exception>
    public static void Apply(UnaryKind kind, DeviceArray x, DeviceArray y, double parameter = 0)
    {
        CheckAlike(kind, x, y);
        if (x.DType == DType.Float32)
            Apply<float, FloatMath>(kind, x, y, (float)parameter);
        else
            Apply<double, DoubleMath>(kind, x, y, parameter);
    }

    /// <summary>dx = dy · f'(x), element by element; <paramref name="dx"/> may be any of the others.</summary>
    /// <exception cref="InvalidInputException">Lengths or element types differ.</exception>
    public static void Gradient(
        UnaryKind kind, DeviceArray x, DeviceArray y, DeviceArray dy, DeviceArray dx, double parameter = 0)
    {
        CheckAlike(kind, x, y);
        CheckAlike(kind, x, dy);
        CheckAlike(kind, x, dx);
        if (x.DType == DType.Float32)
            Gradient<float, FloatMath>(kind, x, y, dy, dx, (float)parameter);
        else
            Gradient<double, DoubleMath>(kind, x, y, dy, dx, parameter);
    }

    private static void Apply<T, TMath>(UnaryKind kind, DeviceArray x, DeviceArray y, T parameter)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        Action<ArrayView<T>, ArrayView<T>, T> kernel = kind switch
        {
            UnaryKind.Relu => UnaryKernels.Apply<T, ReluFunction<T>>,
            _ => UnaryKernels.Apply<T, ExpFunction<T, TMath>>,
        };
        x.Device.Launch(kernel, x.Device.Limits.Elements(x.Length), x.View<T>(), y.View<T>(), parameter);
    }

    private static void Gradient<T, TMath>(
        UnaryKind kind, DeviceArray x, DeviceArray y, DeviceArray dy, DeviceArray dx, T parameter)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T> kernel = kind switch
        {
            UnaryKind.Relu => UnaryKernels.Gradient<T, ReluFunction<T>>,
            _ => UnaryKernels.Gradient<T, ExpFunction<T, TMath>>,
        };
        x.Device.Launch(
            kernel, x.Device.Limits.Elements(x.Length),
            x.View<T>(), y.View<T>(), dy.View<T>(), dx.View<T>(), parameter);
    }

    private static void CheckAlike(UnaryKind kind, DeviceArray a, DeviceArray b) =>
        Throw.Unless(
            a.Length == b.Length && a.DType == b.DType && a.DType.IsReal(), kind.ToString(),
            $"{a.Length} {a.DType} and {b.Length} {b.DType}", "equal lengths and one real type",
            "allocate the result like the argument");
}
