using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sums along one axis of an array seen as [outer, count, inner].</summary>
public static class Reduce
{
    /// <summary>
    /// y[o, i] = scale · Σ_r x[o, r, i], the terms added in blocks and always in the same order. Axes with
    /// many terms take scratch from the pool and more than one pass.
    /// </summary>
    /// <param name="x">Terms, outer · count · inner elements.</param>
    /// <param name="y">Sums, outer · inner elements.</param>
    /// <param name="outer">Extent before the axis.</param>
    /// <param name="count">Extent of the axis.</param>
    /// <param name="inner">Extent after the axis.</param>
    /// <param name="scale">Factor of the result: 1 / count makes it a mean.</param>
    /// <exception cref="InvalidInputException">The lengths do not fit, or the types differ.</exception>
    public static void Sum(DeviceArray x, DeviceArray y, int outer, int count, int inner, double scale = 1)
    {
        Throw.Unless(
            x.Length == (long)outer * count * inner && y.Length == (long)outer * inner && x.DType == y.DType
            && x.DType.IsReal() && x.Device == y.Device,
            "sum", $"{x.Length} {x.DType} into {y.Length} {y.DType}",
            $"{(long)outer * count * inner} into {(long)outer * inner} of one real type and device",
            "check the extents");
        var plan = SumPlan.Of(outer, count, inner, x.Device.Quirks.PrefersVectorLoops);
        if (plan.Segments == 1)
        {
            Pass(x, y, plan, scale);
            return;
        }

        using var partial = new Workspace(x.Device, x.DType, (long)outer * plan.Segments * inner, "sum");
        Pass(x, partial.Array, plan, 1);
        Sum(partial.Array, y, outer, plan.Segments, inner, scale);
    }

    private static void Pass(DeviceArray x, DeviceArray y, SumPlan plan, double scale)
    {
        if (x.DType == DType.Float32)
            Launch(x, y, plan, (float)scale);
        else
            Launch(x, y, plan, scale);
    }

    private static void Launch<T>(DeviceArray x, DeviceArray y, SumPlan plan, T scale)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<T>, SumPlan, T> kernel =
            plan.ByColumns ? ReduceKernels.SumColumns : ReduceKernels.Sum;
        x.Device.Launch(kernel, x.Device.Limits.Elements(plan.Items), x.View<T>(), y.View<T>(), plan, scale);
    }
}
