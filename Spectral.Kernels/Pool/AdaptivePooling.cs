namespace Spectral.Kernels;

/// <summary>Mean over windows that divide planes into a given number of parts, and its backward pass.</summary>
public static class AdaptivePooling
{
    /// <summary>Means.</summary>
    /// <param name="x">Input, <see cref="AdaptivePoolShape.InputLength"/> elements.</param>
    /// <param name="y">Result, <see cref="AdaptivePoolShape.OutputLength"/> elements.</param>
    /// <param name="shape">Planes and parts.</param>
    /// <exception cref="InvalidInputException">An extent is below 1, or lengths or types differ.</exception>
    public static void Average(DeviceArray x, DeviceArray y, AdaptivePoolShape shape)
    {
        Check(x, y, shape);
        var launch = y.Device.Limits.Elements(y.Length);
        if (x.DType == DType.Float32)
            y.Device.Launch(
                AdaptivePoolKernels.Forward<float, FloatMath>, launch, x.View<float>(), y.View<float>(), shape);
        else
            y.Device.Launch(
                AdaptivePoolKernels.Forward<double, DoubleMath>, launch, x.View<double>(), y.View<double>(),
                shape);
    }

    /// <summary>Spreads each gradient evenly over its window.</summary>
    /// <param name="dy">Gradient of the result.</param>
    /// <param name="dx">Gradient of the input.</param>
    /// <param name="shape">Planes and parts.</param>
    /// <exception cref="InvalidInputException">An extent is below 1, or lengths or types differ.</exception>
    public static void AverageGradient(DeviceArray dy, DeviceArray dx, AdaptivePoolShape shape)
    {
        Check(dx, dy, shape);
        var launch = dx.Device.Limits.Elements(dx.Length);
        if (dy.DType == DType.Float32)
            dx.Device.Launch(
                AdaptivePoolKernels.Backward<float, FloatMath>, launch, dy.View<float>(), dx.View<float>(),
                shape);
        else
            dx.Device.Launch(
                AdaptivePoolKernels.Backward<double, DoubleMath>, launch, dy.View<double>(),
                dx.View<double>(), shape);
    }

    private static void Check(DeviceArray input, DeviceArray output, AdaptivePoolShape shape)
    {
        shape.Validate("adaptivepool");
        Throw.Unless(
            input.Length == shape.InputLength && output.Length == shape.OutputLength
                && input.DType == output.DType && input.DType.IsReal(),
            "adaptivepool", $"{input.Length} {input.DType} and {output.Length} {output.DType} for {shape}",
            $"{shape.InputLength} and {shape.OutputLength} of one real type", "check the extents");
    }
}
