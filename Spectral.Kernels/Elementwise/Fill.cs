using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sets all elements to one value, without a copy from the host.</summary>
public static class Fill
{
    /// <summary>y = value, everywhere.</summary>
    /// <param name="y">Overwritten; real.</param>
    /// <param name="value">The value, narrowed to the type of <paramref name="y"/>.</param>
    /// <exception cref="InvalidInputException">The elements are not real.</exception>
    public static void With(DeviceArray y, double value)
    {
        Throw.Unless(y.DType.IsReal(), "fill", $"elements of {y.DType}", "Float32 or Float64",
            "copy such values from the host");
        y.MarkChanged();
        if (y.DType == DType.Float32)
            Launch(y, (float)value);
        else
            Launch(y, value);
    }

    private static void Launch<T>(DeviceArray y, T value) where T : unmanaged, INumber<T>
    {
        if (y.Length > 0)
            y.Device.Launch(FillKernels.Set, y.Device.Limits.Elements(y.Length), y.View<T>(), value);
    }
}

/// <summary>Kernel of <see cref="Fill"/>.</summary>
internal sealed class FillKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
        [(Action<ArrayView<float>, float>)Set, (Action<ArrayView<double>, double>)Set];

    internal static void Set<T>(ArrayView<T> y, T value) where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < y.IntLength; i += WorkItem.Count)
            y[i] = value;
    }
}
