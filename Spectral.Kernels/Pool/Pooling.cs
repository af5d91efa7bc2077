using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Maximum and mean over windows of planes, and their backward passes.</summary>
public static class Pooling
{
    private const int RowItemsPerCore = 8;

    /// <summary>Maxima, and the place of each in its plane for the backward pass.</summary>
    /// <param name="x">Input, <see cref="PoolShape.InputLength"/> elements.</param>
    /// <param name="y">Result, <see cref="PoolShape.OutputLength"/> elements.</param>
    /// <param name="places">Result, Int32, as long as <paramref name="y"/>.</param>
    /// <param name="shape">Planes and windows.</param>
    /// <exception cref="InvalidInputException">Invalid windows, or lengths or types differ.</exception>
    public static void Max(DeviceArray x, DeviceArray y, DeviceArray places, PoolShape shape)
    {
        Check("maxpool", shape, x, y, places);
        if (x.DType == DType.Float32)
            Run<float>();
        else
            Run<double>();

        void Run<T>() where T : unmanaged, INumber<T>
        {
            if (x.Device.Quirks.PrefersVectorLoops)
            {
                MaxOfRows<T>(x, y, places, shape);
                return;
            }

            x.Device.Launch(
                MaxPoolKernels.Forward, x.Device.Limits.Elements(shape.OutputLength), x.View<T>(), y.View<T>(),
                places.View<int>(), shape);
        }
    }

    private static void MaxOfRows<T>(DeviceArray x, DeviceArray y, DeviceArray places, PoolShape shape)
        where T : unmanaged, INumber<T>
    {
        var items = (int)Math.Min(
            (long)shape.Planes * shape.OutputHeight, RowItemsPerCore * (long)x.Device.Limits.Cores);
        var slots = (long)items * MaxPoolRowKernels.SlotLength(shape);
        using var peaks = new Workspace(x.Device, x.DType, slots, "maxpool");
        using var won = new Workspace(x.Device, DType.Int32, slots, "maxpool");
        x.Device.Launch(
            MaxPoolRowKernels.Forward, new LaunchShape(items, 1), x.View<T>(), y.View<T>(), places.View<int>(),
            peaks.Array.View<T>(), won.Array.View<int>(), shape);
    }

    /// <summary>Sends each gradient to the input that won its window.</summary>
    /// <exception cref="InvalidInputException">Invalid windows, or lengths or types differ.</exception>
    public static void MaxGradient(DeviceArray dy, DeviceArray places, DeviceArray dx, PoolShape shape)
    {
        Check("maxpool", shape, dx, dy, places);
        if (dy.DType == DType.Float32)
            Run<float>();
        else
            Run<double>();

        void Run<T>() where T : unmanaged, INumber<T>
        {
            if (dy.Device.Quirks.PrefersVectorLoops)
            {
                dy.Device.Launch(
                    MaxPoolKernels.Scatter, dy.Device.Limits.Vectors(shape.Planes), dy.View<T>(),
                    places.View<int>(), dx.View<T>(), shape);
                return;
            }

            dy.Device.Launch(
                MaxPoolKernels.Backward, dy.Device.Limits.Elements(shape.InputLength), dy.View<T>(),
                places.View<int>(), dx.View<T>(), shape, PoolDivisors.Of(shape));
        }
    }

    /// <summary>Means.</summary>
    /// <param name="x">Input, <see cref="PoolShape.InputLength"/> elements.</param>
    /// <param name="y">Result, <see cref="PoolShape.OutputLength"/> elements.</param>
    /// <param name="shape">Planes and windows.</param>
    /// <param name="countIncludePad">Whether padding counts as elements of value 0.</param>
    /// <exception cref="InvalidInputException">Invalid windows, or lengths or types differ.</exception>
    public static void Average(DeviceArray x, DeviceArray y, PoolShape shape, bool countIncludePad = true)
    {
        Check("avgpool", shape, x, y, null);
        var (launch, span) = Cut(x.Device, shape.OutputLength, shape.OutputWidth);
        var countPad = countIncludePad ? 1 : 0;
        if (x.DType == DType.Float32)
            x.Device.Launch(AvgPoolKernels.Forward<float, FloatMath>, launch,
                x.View<float>(), y.View<float>(), shape, countPad, span);
        else
            x.Device.Launch(AvgPoolKernels.Forward<double, DoubleMath>, launch,
                x.View<double>(), y.View<double>(), shape, countPad, span);
    }

    /// <summary>Spreads each gradient evenly over its window.</summary>
    /// <exception cref="InvalidInputException">Invalid windows, or lengths or types differ.</exception>
    public static void AverageGradient(
        DeviceArray dy, DeviceArray dx, PoolShape shape, bool countIncludePad = true)
    {
        Check("avgpool", shape, dx, dy, null);
        var size = shape.Height * shape.Width;
        var (launch, span) = Cut(dy.Device, shape.InputLength, shape.IsGlobal ? size : shape.Width);
        var countPad = countIncludePad ? 1 : 0;
        if (shape.IsGlobal && dy.DType == DType.Float32)
            dy.Device.Launch(AvgPoolKernels.Spread<float, FloatMath>, launch,
                dy.View<float>(), dx.View<float>(), size, span);
        else if (shape.IsGlobal)
            dy.Device.Launch(AvgPoolKernels.Spread<double, DoubleMath>, launch,
                dy.View<double>(), dx.View<double>(), size, span);
        else if (dy.DType == DType.Float32)
            dy.Device.Launch(AvgPoolKernels.Backward<float, FloatMath>, launch,
                dy.View<float>(), dx.View<float>(), shape, countPad, span);
        else
            dy.Device.Launch(AvgPoolKernels.Backward<double, DoubleMath>, launch,
                dy.View<double>(), dx.View<double>(), shape, countPad, span);
    }

    // CPUs walk whole rows, GPUs single elements.
    private static (LaunchShape Launch, int Span) Cut(ComputeDevice device, long length, int width) =>
        device.Quirks.PrefersVectorLoops
            ? (device.Limits.Vectors(length / Math.Max(1, width)), Math.Max(1, width))
            : (device.Limits.Elements(length), 1);

    private static void Check(
        string operation, PoolShape shape, DeviceArray input, DeviceArray output, DeviceArray? places)
    {
        shape.Validate(operation);
        Throw.Unless(
            input.Length == shape.InputLength && output.Length == shape.OutputLength
                && input.DType == output.DType && input.DType.IsReal(),
            operation, $"{input.Length} {input.DType} and {output.Length} {output.DType} for {shape}",
            $"{shape.InputLength} and {shape.OutputLength} of one real type", "check the extents");
        Throw.Unless(
            places is null || (places.Length == shape.OutputLength && places.DType == DType.Int32), operation,
            $"places {places?.Length} {places?.DType}", $"{shape.OutputLength} Int32", "allocate them so");
    }
}
