using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Transforms of planes, or rows, of few samples on GPUs as one product with a matrix that a group holds: where there is so
/// little to do, the slices and tiles of a matrix product only take time.
/// </summary>
internal static class ThinPlanes
{
    /// <summary>Samples of a plane at most.</summary>
    internal const int MostSamples = 64;

    /// <summary>Products from which on they are what takes long, and those of tiles take less.</summary>
    private const double MostProducts = 1 << 23;

    /// <summary>Whether a group holds the matrix and its planes, in double precision too.</summary>
    internal static bool IsLegal(ComputeDevice device, PlaneTransformPlan plan) =>
        device.Quirks.RunsTiles && device.Limits.SharedMemoryBytes >= ThinPlaneKernels.SharedBytes
        && device.Limits.MaxGroupSize >= ThinPlaneKernels.GroupSize
        && plan.PlaneLength <= MostSamples
        && ThinPlaneKernels.Elements(plan.PlaneLength, 2 * plan.Frequencies)
            <= ThinPlaneKernels.SharedBytes / sizeof(double);

    /// <summary>Whether there is little to do.</summary>
    internal static bool IsWorthwhile(PlaneTransformPlan plan) =>
        2.0 * plan.Frequencies * plan.SampleCount <= MostProducts;

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
        // [samples][frequencies, parts], in whole fours of these.
        var parts = 2 * plan.Frequencies;
        var matrix = new TiledMatrix(
            new PlaneMatrix(plan.H, plan.W, IsInverse: false), parts, plan.PlaneLength, ShortPlaneKernels.Padded(parts));
        x.Device.Launch(
            ThinPlaneKernels.Forward, Launch(plan), x.View<T>(), BandMatrixCache.Like<T>(x, matrix), spectrum.View<T>(),
            plan.Planes, plan.PlaneLength, parts, Divisor.Of(plan.PlaneLength));
    }

    private static void Inverse<T>(PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
    {
        var matrix = new PlaneMatrix(plan.H, plan.W, IsInverse: true);
        y.Device.Launch(
            ThinPlaneKernels.Inverse, Launch(plan), spectrum.View<T>(), BandMatrixCache.Like<T>(y, matrix), y.View<T>(),
            (bias ?? y).View<T>(), (int)(bias?.Length ?? 0), plan.Planes, plan.PlaneLength, 2 * plan.Frequencies,
            Divisor.Of(plan.PlaneLength));
    }

    private static LaunchShape Launch(PlaneTransformPlan plan) =>
        new(GemmPlan.Blocks(plan.Planes, ThinPlaneKernels.PlanesOfGroup), ThinPlaneKernels.GroupSize);
}
