namespace Spectral.Kernels;

/// <summary>Reductions along one axis of an array seen as [outer, count, inner].</summary>
public static class Reduce
{
    /// <summary>y[o, i] = Σ_r x[o, r, i].</summary>
    /// <param name="x">Terms, outer · count · inner elements.</param>
    /// <param name="y">Sums, outer · inner elements.</param>
    /// <param name="outer">Extent before the axis.</param>
    /// <param name="count">Extent of the axis.</param>
    /// <param name="inner">Extent after the axis.</param>
    /// <exception cref="InvalidInputException">The lengths do not fit, or the types differ.</exception>
    public static void Sum(DeviceArray x, DeviceArray y, int outer, int count, int inner)
    {
        Throw.Unless(
            x.Length == (long)outer * count * inner && y.Length == (long)outer * inner && x.DType == y.DType,
            "sum", $"{x.Length} {x.DType} into {y.Length} {y.DType}",
            $"{(long)outer * count * inner} into {(long)outer * inner} of one type", "check the extents");
        var shape = x.Device.Limits.Elements(y.Length);
        if (x.DType == DType.Float32)
            x.Device.Launch(ReduceKernels.Sum<float>, shape, x.View<float>(), y.View<float>(), count, inner);
        else
            x.Device.Launch(ReduceKernels.Sum<double>, shape, x.View<double>(), y.View<double>(), count, inner);
    }
}
