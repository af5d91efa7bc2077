using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>A way of running the passes over the data of a batch normalisation.</summary>
internal abstract class BatchNormCandidate
{
    /// <summary>Parts of the batch that keep the device busy.</summary>
    internal abstract int Splits(ComputeDevice device, NormShape shape);

    internal abstract void Moments<T, TMath>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares, NormShape shape,
        int splits)
        where T : unmanaged, INumber<T> where TMath : struct, IRealMath<T>;

    internal abstract void Normalise<T, TResidual, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ArrayView<T> mean,
        ArrayView<T> scale, ArrayView<T> shift, NormShape shape)
        where T : unmanaged, INumber<T>
        where TResidual : struct, IResidual<T>
        where TFunction : struct, IUnaryFunction<T>;

    internal abstract void GradientSums<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> mean, ArrayView<T> scale,
        ArrayView<T> shift, ArrayView<T> sums, ArrayView<T> moments, NormShape shape, int splits)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>;

    /// <param name="device">Where to run.</param>
    /// <param name="x">Data.</param>
    /// <param name="dy">Gradient of the result.</param>
    /// <param name="dx">Result.</param>
    /// <param name="mean">A value a channel.</param>
    /// <param name="shift">A value a channel.</param>
    /// <param name="factors">Scale, slope and offset: three values a channel, [3, channels].</param>
    /// <param name="shape">Extents.</param>
    internal abstract void InputGradient<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ArrayView<T> mean,
        ArrayView<T> shift, ArrayView<T> factors, NormShape shape)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>;

    protected static (ArrayView<T> Scale, ArrayView<T> Slope, ArrayView<T> Offset) Thirds<T>(
        ArrayView<T> factors)
        where T : unmanaged
    {
        var third = factors.Length / 3;
        return (factors.SubView(0, third), factors.SubView(third, third), factors.SubView(2 * third, third));
    }
}

/// <summary>Rows walked by single work-items.</summary>
internal sealed class BatchNormVector : BatchNormCandidate
{
    // Enough parts to give each core a few groups, for load balance.
    private const int GroupsPerCore = 4;

    internal override int Splits(ComputeDevice device, NormShape shape) =>
        shape.Splits(GroupsPerCore * device.Limits.Cores * device.Limits.VectorGroupSize);

    internal override void Moments<T, TMath>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares, NormShape shape,
        int splits) =>
        device.Launch(
            BatchNormVectorKernels.Moments<T, TMath>, device.Limits.Vectors(shape.Channels * splits),
            x, means, squares, shape.Batch, shape.Channels, shape.Inner, splits);

    internal override void Normalise<T, TResidual, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ArrayView<T> mean,
        ArrayView<T> scale, ArrayView<T> shift, NormShape shape) =>
        device.Launch(
            BatchNormVectorKernels.Normalise<T, TResidual, TFunction>, device.Limits.Vectors(shape.Batch * shape.Channels),
            x, residual, y, mean, scale, shift, shape.Channels, shape.Inner);

    internal override void GradientSums<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> mean, ArrayView<T> scale,
        ArrayView<T> shift, ArrayView<T> sums, ArrayView<T> moments, NormShape shape, int splits) =>
        device.Launch(
            BatchNormVectorKernels.GradientSums<T, TFunction>, device.Limits.Vectors(shape.Channels * splits),
            x, dy, mean, scale, shift, sums, moments, shape.Batch, shape.Channels, shape.Inner, splits);

    internal override void InputGradient<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ArrayView<T> mean,
        ArrayView<T> shift, ArrayView<T> factors, NormShape shape)
    {
        var (scale, slope, offset) = Thirds(factors);
        device.Launch(
            BatchNormVectorKernels.InputGradient<T, TFunction>, device.Limits.Vectors(shape.Batch * shape.Channels),
            x, dy, dx, mean, scale, shift, slope, offset, shape.Channels, shape.Inner);
    }
}

/// <summary>Groups that sum in shared memory, and a work-item an element.</summary>
internal sealed class BatchNormTile : BatchNormCandidate
{
    // Enough groups to hide the latency of reading.
    private const int GroupsPerCore = 4;

    internal override int Splits(ComputeDevice device, NormShape shape) =>
        shape.Splits(GroupsPerCore * device.Limits.Cores);

    internal override void Moments<T, TMath>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares, NormShape shape,
        int splits) =>
        device.Launch(
            BatchNormTileKernels.Moments<T, TMath>, Groups(shape.Channels * splits),
            x, means, squares, shape.Batch, shape.Channels, shape.Inner, By(shape.Inner), splits);

    internal override void Normalise<T, TResidual, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ArrayView<T> mean,
        ArrayView<T> scale, ArrayView<T> shift, NormShape shape) =>
        device.Launch(
            BatchNormTileKernels.Normalise<T, TResidual, TFunction>, device.Limits.Elements(shape.Length),
            x, residual, y, mean, scale, shift, shape.Channels, By(shape.Inner), By(shape.Channels));

    internal override void GradientSums<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> mean, ArrayView<T> scale,
        ArrayView<T> shift, ArrayView<T> sums, ArrayView<T> moments, NormShape shape, int splits) =>
        device.Launch(
            BatchNormTileKernels.GradientSums<T, TFunction>, Groups(shape.Channels * splits),
            x, dy, mean, scale, shift, sums, moments, shape.Batch, shape.Channels, shape.Inner, By(shape.Inner),
            splits);

    internal override void InputGradient<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ArrayView<T> mean,
        ArrayView<T> shift, ArrayView<T> factors, NormShape shape)
    {
        var (scale, slope, offset) = Thirds(factors);
        device.Launch(
            BatchNormTileKernels.InputGradient<T, TFunction>, device.Limits.Elements(shape.Length),
            x, dy, dx, mean, scale, shift, slope, offset, shape.Channels, By(shape.Inner),
            By(shape.Channels));
    }

    private static LaunchShape Groups(int count) => new(Math.Max(1, count), BatchNormTileKernels.GroupSize);

    // Of an empty array nothing is divided.
    private static Divisor By(int extent) => Divisor.Of(Math.Max(1, extent));
}
