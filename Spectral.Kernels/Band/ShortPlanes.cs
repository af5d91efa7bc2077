using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Transforms of planes of few samples on GPUs, such as filters: a work-item holds a whole plane in registers, so that
/// nothing but samples and spectrum moves.
/// </summary>
internal static class ShortPlanes
{
    /// <summary>Coefficients, real and imaginary parts counted each, that a work-item computes of a plane.</summary>
    private const int FewestOfItem = 4, MostOfItem = 32;

    /// <summary>Work-items, and groups, for each core that hide how long memory takes.</summary>
    private const int ItemsPerCore = 1024, GroupsPerCore = 4;

    /// <summary>Coefficients that are added up by one work-item where there are enough groups.</summary>
    private const int PartsOfShare = 24;

    private const int LogSharesOfFewPlanes = 3;

    /// <summary>Whether the planes fit in registers, and the device runs groups with barriers.</summary>
    internal static bool IsLegal(ComputeDevice device, PlaneTransformPlan plan) =>
        plan.PlaneLength <= ShortPlaneKernels.MostSamples && device.Quirks.RunsTiles
        && device.Limits.MaxGroupSize >= ShortPlaneKernels.GroupSize;

    /// <summary>spectrum[frequency][2][plane] of planes [planes][samples].</summary>
    internal static void Forward(PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum)
    {
        if (x.DType == DType.Float32)
            Forward<float>(plan, x, spectrum);
        else
            Forward<double>(plan, x, spectrum);
    }

    /// <summary>Planes [planes][samples] of spectra [frequency][2][plane], plus bias[plane mod its length].</summary>
    internal static void Inverse(PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
    {
        if (y.DType == DType.Float32)
            Inverse<float>(plan, spectrum, y, bias);
        else
            Inverse<double>(plan, spectrum, y, bias);
    }

    private static void Forward<T>(PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum)
        where T : unmanaged, INumber<T>
    {
        var parts = 2 * plan.Frequencies;
        var chunk = (int)Math.Clamp(
            (long)plan.Planes * parts / (ItemsPerCore * x.Device.Limits.Cores), FewestOfItem, MostOfItem);
        var chunks = GemmPlan.Blocks(parts, chunk);
        x.Device.Launch(
            ShortPlaneKernels.Forward, x.Device.Limits.Elements((long)plan.Planes * chunks), x.View<T>(),
            Matrix(plan, x, isInverse: false).View<T>(), spectrum.View<T>(), plan.Planes, plan.PlaneLength,
            parts, chunk);
    }

    private static void Inverse<T>(PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
    {
        // Several work-items share a plane where its spectrum is long, or, up to eight of them, where planes are few.
        var parts = 2 * plan.Frequencies;
        var logShares = 0;
        while (logShares < ShortPlaneKernels.MostLogShares
            && (parts > PartsOfShare << logShares
                || (logShares < LogSharesOfFewPlanes && parts > 1 << logShares
                    && GemmPlan.Blocks(plan.Planes, ShortPlaneKernels.GroupSize >> logShares)
                        < GroupsPerCore * y.Device.Limits.Cores)))
            logShares++;
        var blocks = GemmPlan.Blocks(plan.Planes, ShortPlaneKernels.GroupSize >> logShares);
        y.Device.Launch(
            ShortPlaneKernels.Inverse, new LaunchShape(blocks, ShortPlaneKernels.GroupSize), spectrum.View<T>(),
            Matrix(plan, y, isInverse: true).View<T>(), y.View<T>(), (bias ?? y).View<T>(), (int)(bias?.Length ?? 0),
            plan.Planes, plan.PlaneLength, parts, logShares);
    }

    // [frequency][2] by [samples], padded to whole fours.
    private static DeviceArray Matrix(PlaneTransformPlan plan, DeviceArray any, bool isInverse)
    {
        var matrix = new TiledMatrix(
            new PlaneMatrix(plan.H, plan.W, isInverse), plan.PlaneLength, 2 * plan.Frequencies,
            ShortPlaneKernels.Padded(plan.PlaneLength));
        return BandMatrixCache.Get(any.Device, matrix with { IsTransposed = true }, any.DType);
    }
}
