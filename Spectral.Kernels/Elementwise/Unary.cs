using System.Numerics;

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

    /// <summary>dx = dy · f'(x), element by element; <paramref name="dx"/> may be another operand.</summary>
    /// <param name="kind">The function.</param>
    /// <param name="x">Its arguments; anything as long if <see cref="UnaryKinds.Needs"/> says so.</param>
    /// <param name="y">Its results; anything as long if <see cref="UnaryKinds.Needs"/> says so.</param>
    /// <param name="dy">Gradient of the results.</param>
    /// <param name="dx">Gradient of the arguments.</param>
    /// <param name="parameter">Parameter of the function, where it has one.</param>
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
        where TMath : struct, IRealMath<T> =>
        x.Device.Launch(
            UnaryKernels.Of<T, TMath>(kind).Apply, x.Device.Limits.Elements(x.Length),
            x.View<T>(), y.View<T>(), parameter);

    private static void Gradient<T, TMath>(
        UnaryKind kind, DeviceArray x, DeviceArray y, DeviceArray dy, DeviceArray dx, T parameter)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
        x.Device.Launch(
            UnaryKernels.Of<T, TMath>(kind).Gradient, x.Device.Limits.Elements(x.Length),
            x.View<T>(), y.View<T>(), dy.View<T>(), dx.View<T>(), parameter);

    private static void CheckAlike(UnaryKind kind, DeviceArray a, DeviceArray b) =>
        Throw.Unless(
            a.Length == b.Length && a.DType == b.DType && a.DType.IsReal() && a.Device == b.Device,
            kind.ToString(), $"{a.Length} {a.DType} and {b.Length} {b.DType}",
            "equal lengths, one real type and one device", "allocate the result like the argument");
}
