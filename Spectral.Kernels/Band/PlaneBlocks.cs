using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Transforms of planes on GPUs, both axes in one launch: a group takes some planes through shared memory, where their
/// coefficients of one axis stay between.
/// </summary>
internal static class PlaneBlocks
{
    /// <summary>
    /// Planes of a group at most, whose coefficients lie beside each other, and at least, there and back, where it is worth
    /// while: fewer would write, or read, a few bytes here and there.
    /// </summary>
    private const int MostLogPlanes = 4, FewestLogPlanes = 2, FewestLogPlanesBack = 1;

    /// <summary>Samples up to which one product for the whole plane is faster on GPUs (measured on an H200).</summary>
    internal const int SmallPlane = 64;

    /// <summary>Whether a plane fits in shared memory.</summary>
    internal static bool IsLegal(ComputeDevice device, PlaneTransformPlan plan) =>
        device.Quirks.RunsTiles && device.Limits.SharedMemoryBytes >= PlaneBlockKernels.SharedBytes
        && device.Limits.MaxGroupSize >= PlaneBlockKernels.SmallestGroup && LogPlanes(plan, DType.Float64, true) >= 0;

    /// <summary>
    /// Whether enough planes fit, neither fast transforms win nor are there so few samples that one product for the whole
    /// plane does it.
    /// </summary>
    internal static bool IsWorthwhile(PlaneTransformPlan plan) =>
        !plan.IsOneRow && plan.PlaneLength > SmallPlane && !plan.FavoursFft
        && LogPlanes(plan, DType.Float32, false) >= FewestLogPlanes
        && LogPlanes(plan, DType.Float32, true) >= FewestLogPlanesBack;

    /// <summary>spectrum[frequency][2][plane] of planes [planes][height][width].</summary>
    internal static void Forward(PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum)
    {
        if (x.DType == DType.Float32)
            Forward<float>(plan, x, spectrum);
        else
            Forward<double>(plan, x, spectrum);
    }

    /// <summary>Planes of spectra [frequency][2][plane], plus bias[plane mod its length].</summary>
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
        var g = PlaneBlockArguments.Of(plan, LogPlanes(plan, x.DType, isInverse: false));
        x.Device.Launch(
            PlaneBlockKernels.Forward, g.LaunchOn(x.Device), x.View<T>(), Vertical(plan, x, false).View<T>(),
            Horizontal(plan, x, false).View<T>(), spectrum.View<T>(), g);
    }

    private static void Inverse<T>(PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
    {
        var g = PlaneBlockArguments.Of(plan, LogPlanes(plan, y.DType, isInverse: true));
        y.Device.Launch(
            PlaneBlockKernels.Inverse, g.LaunchOn(y.Device), spectrum.View<T>(), Vertical(plan, y, true).View<T>(),
            Horizontal(plan, y, true).View<T>(), y.View<T>(), (bias ?? y).View<T>(), (int)(bias?.Length ?? 0), g);
    }

    private static DeviceArray Vertical(PlaneTransformPlan plan, DeviceArray any, bool isInverse) =>
        BandMatrixCache.Get(any.Device, new PairMatrix(plan.H, IsHalf: false, isInverse), any.DType);

    private static DeviceArray Horizontal(PlaneTransformPlan plan, DeviceArray any, bool isInverse) =>
        BandMatrixCache.Get(any.Device, new PairMatrix(plan.W, IsHalf: true, isInverse), any.DType);

    /// <summary>The most planes of a group that fit, as a power of two; −1 if not even one does.</summary>
    private static int LogPlanes(PlaneTransformPlan plan, DType type, bool isInverse)
    {
        var most = PlaneBlockKernels.SharedBytes / type.SizeOf();
        var log = MostLogPlanes;
        while (log >= 0 && PlaneBlockArguments.ElementsOf(plan, log, isInverse) > most)
            log--;
        return log;
    }
}
