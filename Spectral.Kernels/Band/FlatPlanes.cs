using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Transforms of planes of few samples, or of short rows, with adjacent ones as lanes: one product takes both axes.
/// </summary>
internal static class FlatPlanes
{
    /// <summary>Samples of a plane from which one product an axis is less work.</summary>
    internal const int FewestSamples = 16;

    /// <summary>Samples of a row from which sums and differences of pairs are less work (measured on two cores).</summary>
    private const int FewestSamplesOfRow = 33;

    private const int TileRows = PanelPlan.TileRows;

    /// <summary>
    /// Whether planes or rows are that small, and a work-item's scratch stays in its core's cache: long circles have
    /// many frequencies.
    /// </summary>
    internal static bool IsLegal(PlaneTransformPlan plan) =>
        plan.PlaneLength < (plan.IsOneRow ? FewestSamplesOfRow : FewestSamples)
        && 2L * Lanes16<float>.Width * plan.Frequencies <= PlaneLanes.LargestSlot;

    internal static void Forward(PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum)
    {
        if (x.DType == DType.Float32)
            Forward<float, Lanes16<float>>(plan, x, spectrum);
        else
            Forward<double, Lanes8<double>>(plan, x, spectrum);
    }

    internal static void Inverse(PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
    {
        if (y.DType == DType.Float32)
            Inverse<float, Lanes16<float>>(plan, spectrum, y, bias);
        else
            Inverse<double, Lanes8<double>>(plan, spectrum, y, bias);
    }

    private static void Forward<T, TLanes>(PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var device = x.Device;
        var matrix = BandMatrixCache.Get(
            device,
            new TiledMatrix(new PlaneMatrix(plan.H, plan.W, false), 2 * plan.Frequencies, plan.PlaneLength, TileRows),
            x.DType);
        var (g, workers) = (Arguments<T, TLanes>(plan), PlaneLanes.Workers(device, plan, TLanes.Width));
        using var scratch = new Workspace(device, x.DType, (long)workers * g.SlotLength, "plane transform");
        device.Launch(
            FlatPlanesKernels.Forward<T, TLanes>, new LaunchShape(workers, 1), x.View<T>(), matrix.View<T>(),
            spectrum.View<T>(), scratch.Array.View<T>(), scratch.Array.View<T>(), g);
    }

    private static void Inverse<T, TLanes>(
        PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var device = y.Device;
        var matrix = BandMatrixCache.Get(
            device,
            new TiledMatrix(new PlaneMatrix(plan.H, plan.W, true), plan.PlaneLength, 2 * plan.Frequencies, TileRows)
            {
                IsTransposed = true,
            },
            y.DType);
        var (g, workers) = (Arguments<T, TLanes>(plan), PlaneLanes.Workers(device, plan, TLanes.Width));
        g.BiasLength = bias is null ? 0 : (int)bias.Length;
        using var scratch = new Workspace(device, y.DType, (long)workers * g.SlotLength, "plane transform");
        device.Launch(
            FlatPlanesKernels.Inverse<T, TLanes>, new LaunchShape(workers, 1), spectrum.View<T>(), matrix.View<T>(),
            y.View<T>(), (bias ?? y).View<T>(), scratch.Array.View<T>(), scratch.Array.View<T>(), g);
    }

    private static FlatPlanesArguments Arguments<T, TLanes>(PlaneTransformPlan plan)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        // Whole tiles; the room of the spectra is also that of a shuffle.
        var spectrumAt = GemmPlan.Blocks(plan.PlaneLength, TileRows) * TileRows * TLanes.Width;
        var numbers = GemmPlan.Blocks(2 * plan.Frequencies, TileRows) * TileRows;
        return new FlatPlanesArguments
        {
            Planes = plan.Planes,
            Samples = plan.PlaneLength,
            Numbers = 2 * plan.Frequencies,
            SpectrumAt = spectrumAt,
            SlotLength = spectrumAt + (Math.Max(plan.PlaneLength, numbers) * TLanes.Width),
        };
    }
}
