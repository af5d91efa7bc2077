using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// A way of running a batch normalisation. Where there are few channels the batch is cut in parts, which are summed by
/// themselves and joined in order.
/// </summary>
internal abstract class BatchNormCandidate
{
    /// <summary>The statistics of a batch.</summary>
    internal abstract void Moments<T, TMath>(
        ComputeDevice device, ArrayView<T> x, ChannelStatistics<T> results, NormShape shape)
        where T : unmanaged, INumber<T> where TMath : struct, IRealMath<T>;

    /// <summary>y = f((x − mean) · scale + shift + residual).</summary>
    internal abstract void Normalise<T, TResidual, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ChannelNorm<T> norm,
        NormShape shape)
        where T : unmanaged, INumber<T>
        where TResidual : struct, IResidual<T>
        where TFunction : struct, IUnaryFunction<T>;

    /// <summary>The gradients of γ and β, and the factors of <see cref="InputGradient"/>.</summary>
    internal abstract void GradientSums<T, TMath, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ChannelNorm<T> norm, ChannelGradients<T> results,
        NormShape shape)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
        where TFunction : struct, IUnaryFunction<T>;

    /// <summary>dx, after <see cref="GradientSums"/>.</summary>
    internal abstract void InputGradient<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ChannelNorm<T> norm,
        ChannelGradients<T> factors, NormShape shape)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>;

    private protected static void Join<T, TMath>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares, ChannelStatistics<T> results,
        NormShape shape, int splits)
        where T : unmanaged, INumber<T> where TMath : struct, IRealMath<T> =>
        device.Launch(
            BatchNormChannelKernels.JoinMoments<T, TMath>, device.Limits.Elements(shape.Channels),
            x, means, squares, results, shape.Batch, shape.Channels, shape.Inner, splits);

    private protected static void Join<T, TMath>(
        ComputeDevice device, ArrayView<T> sums, ArrayView<T> moments, ChannelNorm<T> norm,
        ChannelGradients<T> results, NormShape shape, int splits)
        where T : unmanaged, INumber<T> where TMath : struct, IRealMath<T> =>
        device.Launch(
            BatchNormChannelKernels.JoinGradients<T, TMath>, device.Limits.Elements(shape.Channels),
            sums, moments, norm, results, shape.Channels, shape.Count, splits);

    /// <summary>Two numbers for each part of each channel.</summary>
    private protected static Workspace Parts<T>(
        ComputeDevice device, NormShape shape, int splits, out ArrayView<T> first, out ArrayView<T> second)
        where T : unmanaged, INumber<T>
    {
        var parts = (long)splits * shape.Channels;
        var scratch = new Workspace(device, DTypes.Of<T>(), 2 * parts, "batchnorm");
        first = scratch.Array.View<T>().SubView(0, parts);
        second = scratch.Array.View<T>().SubView(parts, parts);
        return scratch;
    }
}

/// <summary>Rows walked by single work-items.</summary>
internal sealed class BatchNormVector : BatchNormCandidate
{
    // Enough parts to give each core a few groups, for load balance.
    private const int GroupsPerCore = 4;

    internal override void Moments<T, TMath>(
        ComputeDevice device, ArrayView<T> x, ChannelStatistics<T> results, NormShape shape)
    {
        var splits = Splits(device, shape);
        using var scratch = Parts<T>(device, shape, splits, out var means, out var squares);
        device.Launch(
            BatchNormVectorKernels.Moments<T, TMath>, device.Limits.Vectors(shape.Channels * splits),
            x, means, squares, results, shape.Batch, shape.Channels, shape.Inner, splits);
        if (splits > 1)
            Join<T, TMath>(device, x, means, squares, results, shape, splits);
    }

    internal override void Normalise<T, TResidual, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ChannelNorm<T> norm,
        NormShape shape) =>
        device.Launch(
            BatchNormVectorKernels.Normalise<T, TResidual, TFunction>,
            device.Limits.Vectors(shape.Batch * shape.Channels), x, residual, y, norm, shape.Channels, shape.Inner);

    internal override void GradientSums<T, TMath, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ChannelNorm<T> norm, ChannelGradients<T> results,
        NormShape shape)
    {
        var splits = Splits(device, shape);
        using var scratch = Parts<T>(device, shape, splits, out var sums, out var moments);
        device.Launch(
            BatchNormVectorKernels.GradientSums<T, TMath, TFunction>, device.Limits.Vectors(shape.Channels * splits),
            x, dy, norm, sums, moments, results, shape.Batch, shape.Channels, shape.Inner, splits);
        if (splits > 1)
            Join<T, TMath>(device, sums, moments, norm, results, shape, splits);
    }

    internal override void InputGradient<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ChannelNorm<T> norm,
        ChannelGradients<T> factors, NormShape shape) =>
        device.Launch(
            BatchNormVectorKernels.InputGradient<T, TFunction>, device.Limits.Vectors(shape.Batch * shape.Channels),
            x, dy, dx, norm, factors, shape.Channels, shape.Inner);

    private static int Splits(ComputeDevice device, NormShape shape) =>
        shape.Splits(GroupsPerCore * device.Limits.Cores * device.Limits.VectorGroupSize);
}

/// <summary>Groups that sum in shared memory, and a work-item an element.</summary>
internal sealed class BatchNormTile : BatchNormCandidate
{
    /// <summary>Enough groups to hide the latency of reading.</summary>
    private const int GroupsPerCore = 4;

    /// <summary>Work-items of a group that sums a part.</summary>
    internal const int PartGroup = 256;

    /// <summary>
    /// Elements of a channel that one group sums, where it could be several: two turns of its work-items take no longer
    /// than the launch that joins parts.
    /// </summary>
    internal const int MostOfGroup = 2 * ElementsInFlight * BatchNormTileKernels.LargestGroup;

    private const int ElementsInFlight = 4;

    internal override void Moments<T, TMath>(
        ComputeDevice device, ArrayView<T> x, ChannelStatistics<T> results, NormShape shape)
    {
        var splits = Splits(device, shape);
        using var scratch = Parts<T>(device, shape, splits, out var means, out var squares);
        device.Launch(
            BatchNormTileKernels.Moments<T, TMath>, Groups(device, shape, splits),
            x, means, squares, results, shape.Batch, shape.Channels, shape.Inner, By(shape.Inner), splits);
        if (splits > 1)
            Join<T, TMath>(device, x, means, squares, results, shape, splits);
    }

    internal override void Normalise<T, TResidual, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ChannelNorm<T> norm,
        NormShape shape) =>
        device.Launch(
            BatchNormTileKernels.Normalise<T, TResidual, TFunction>, device.Limits.Elements(shape.Length),
            x, residual, y, norm, shape.Channels, By(shape.Inner), By(shape.Channels));

    internal override void GradientSums<T, TMath, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ChannelNorm<T> norm, ChannelGradients<T> results,
        NormShape shape)
    {
        var splits = Splits(device, shape);
        using var scratch = Parts<T>(device, shape, splits, out var sums, out var moments);
        device.Launch(
            BatchNormTileKernels.GradientSums<T, TMath, TFunction>, Groups(device, shape, splits),
            x, dy, norm, sums, moments, results, shape.Batch, shape.Channels, shape.Inner, By(shape.Inner), splits);
        if (splits > 1)
            Join<T, TMath>(device, sums, moments, norm, results, shape, splits);
    }

    internal override void InputGradient<T, TFunction>(
        ComputeDevice device, ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ChannelNorm<T> norm,
        ChannelGradients<T> factors, NormShape shape) =>
        device.Launch(
            BatchNormTileKernels.InputGradient<T, TFunction>, device.Limits.Elements(shape.Length),
            x, dy, dx, norm, factors, shape.Channels, By(shape.Inner), By(shape.Channels));

    private static int Splits(ComputeDevice device, NormShape shape) =>
        shape.Count <= MostOfGroup ? 1 : shape.Splits(GroupsPerCore * device.Limits.Cores);

    private static LaunchShape Groups(ComputeDevice device, NormShape shape, int splits)
    {
        // A group that sums alone has a work-item for every few elements.
        var wanted = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, shape.Count / ElementsInFlight));
        var largest = Math.Min(
            BatchNormTileKernels.LargestGroup, 1 << BitOperations.Log2((uint)device.Limits.MaxGroupSize));
        var size = splits > 1 ? PartGroup : Math.Clamp(wanted, PartGroup, largest);
        return new(Math.Max(1, shape.Channels * splits), size);
    }

    // Of an empty array nothing is divided.
    private static Divisor By(int extent) => Divisor.Of(Math.Max(1, extent));
}
