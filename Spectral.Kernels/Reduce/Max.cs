using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Largest elements along one axis of an array seen as [outer, count, inner].</summary>
public static class Max
{
    /// <summary>
    /// y[o, i] = max_r x[o, r, i]; NaN counts as larger than any number.
    /// </summary>
    /// <param name="x">Real numbers, outer · count · inner.</param>
    /// <param name="y">The largest, outer · inner.</param>
    /// <param name="index">Int32, as many: the first r that has it.</param>
    /// <param name="outer">Extent before the axis.</param>
    /// <param name="count">Extent of the axis, at least 1.</param>
    /// <param name="inner">Extent after the axis.</param>
    /// <exception cref="InvalidInputException">The lengths do not fit, or the types differ.</exception>
    public static void Find(DeviceArray x, DeviceArray y, DeviceArray index, int outer, int count, int inner)
    {
        Check(x, y, index, outer, count, inner);
        if (x.DType == DType.Float32)
            Find<float>(x, y, index, count, inner);
        else
            Find<double>(x, y, index, count, inner);
    }

    /// <summary>Sends the gradient of each largest element to where it came from; zero elsewhere.</summary>
    /// <param name="dy">Gradient, outer · inner.</param>
    /// <param name="index">Indices of the largest, as the search found them.</param>
    /// <param name="dx">Gradient of the argument, outer · count · inner.</param>
    /// <param name="outer">Extent before the axis.</param>
    /// <param name="count">Extent of the axis, at least 1.</param>
    /// <param name="inner">Extent after the axis.</param>
    /// <exception cref="InvalidInputException">The lengths do not fit, or the types differ.</exception>
    public static void Gradient(
        DeviceArray dy, DeviceArray index, DeviceArray dx, int outer, int count, int inner)
    {
        Check(dx, dy, index, outer, count, inner);
        if (dx.DType == DType.Float32)
            Gradient<float>(dy, index, dx, count, inner);
        else
            Gradient<double>(dy, index, dx, count, inner);
    }

    private static void Find<T>(DeviceArray x, DeviceArray y, DeviceArray index, int count, int inner)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<T>, ArrayView<int>, int, int> kernel = MaxKernels.Find;
        x.Device.Launch(kernel, x.Device.Limits.Elements(y.Length),
            x.View<T>(), y.View<T>(), index.View<int>(), count, inner);
    }

    private static void Gradient<T>(DeviceArray dy, DeviceArray index, DeviceArray dx, int count, int inner)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<int>, ArrayView<T>, int, int> kernel = MaxKernels.Gradient;
        dx.Device.Launch(kernel, dx.Device.Limits.Elements(dx.Length),
            dy.View<T>(), index.View<int>(), dx.View<T>(), count, inner);
    }

    private static void Check(
        DeviceArray large, DeviceArray small, DeviceArray index, int outer, int count, int inner) =>
        Throw.Unless(
            count > 0 && large.Length == (long)outer * count * inner && small.Length == (long)outer * inner
            && index.Length == small.Length && index.DType == DType.Int32
            && large.DType.IsReal() && large.DType == small.DType
            && large.Device == small.Device && large.Device == index.Device,
            "max",
            $"{large.Length} {large.DType}, {small.Length} {small.DType} and {index.Length} {index.DType}",
            $"{outer}×{count}×{inner} and {outer}×{inner} of one real type, and Int32 indices",
            "check the extents");
}
