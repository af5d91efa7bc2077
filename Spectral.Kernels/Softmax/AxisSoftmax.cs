using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Softmax and its logarithm along one axis of an array seen as [outer, count, inner].</summary>
public static class AxisSoftmax
{
    /// <summary>y[o, r, i] = exp(x[o, r, i]) / Σ_s exp(x[o, s, i]), or the logarithm of that.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="y">Results, as many; may be <paramref name="x"/>.</param>
    /// <param name="count">Extent of the axis.</param>
    /// <param name="inner">Extent after the axis.</param>
    /// <param name="logarithm">Whether the logarithm is wanted.</param>
    /// <exception cref="InvalidInputException">Lengths or types differ, or do not fit.</exception>
    public static void Apply(DeviceArray x, DeviceArray y, int count, int inner, bool logarithm)
    {
        Check(x, y, count, inner);
        if (x.Length == 0)
            return;
        if (x.DType == DType.Float32)
            Apply<float, FloatMath>(x, y, count, inner, logarithm);
        else
            Apply<double, DoubleMath>(x, y, count, inner, logarithm);
    }

    /// <summary>Gradient of the arguments from that of the results.</summary>
    /// <param name="y">Results.</param>
    /// <param name="dy">Their gradient.</param>
    /// <param name="dx">Gradient of the arguments; may be <paramref name="dy"/>.</param>
    /// <param name="count">Extent of the axis.</param>
    /// <param name="inner">Extent after the axis.</param>
    /// <param name="logarithm">Whether the results are logarithms.</param>
    /// <exception cref="InvalidInputException">Lengths or types differ, or do not fit.</exception>
    public static void Gradient(
        DeviceArray y, DeviceArray dy, DeviceArray dx, int count, int inner, bool logarithm)
    {
        Check(y, dy, count, inner);
        Check(y, dx, count, inner);
        if (y.Length == 0)
            return;
        if (y.DType == DType.Float32)
            Gradient<float, FloatMath>(y, dy, dx, count, inner, logarithm);
        else
            Gradient<double, DoubleMath>(y, dy, dx, count, inner, logarithm);
    }

    private static void Apply<T, TMath>(DeviceArray x, DeviceArray y, int count, int inner, bool logarithm)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        Action<ArrayView<T>, ArrayView<T>, int, int> kernel =
            logarithm ? SoftmaxKernels.ApplyLog<T, TMath> : SoftmaxKernels.Apply<T, TMath>;
        x.Device.Launch(
            kernel, x.Device.Limits.Elements(x.Length / count), x.View<T>(), y.View<T>(), count, inner);
    }

    private static void Gradient<T, TMath>(
        DeviceArray y, DeviceArray dy, DeviceArray dx, int count, int inner, bool logarithm)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int> kernel =
            logarithm ? SoftmaxKernels.GradientLog<T, TMath> : SoftmaxKernels.Gradient;
        y.Device.Launch(
            kernel, y.Device.Limits.Elements(y.Length / count),
            y.View<T>(), dy.View<T>(), dx.View<T>(), count, inner);
    }

    private static void Check(DeviceArray a, DeviceArray b, int count, int inner) =>
        Throw.Unless(
            a.Length == b.Length && a.DType == b.DType && a.DType.IsReal() && a.Device == b.Device
            && count > 0 && inner > 0 && a.Length % ((long)count * inner) == 0,
            "softmax", $"{a.Length} {a.DType} and {b.Length} {b.DType} for rows of {count}×{inner}",
            "equal lengths, a multiple of the extents, of one real type and device", "check the extents");
}
