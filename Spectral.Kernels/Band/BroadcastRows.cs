using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Runs transforms of rows with columns of the matrix as lanes.</summary>
internal static class BroadcastRows
{
    /// <summary>Whether a work-item's scratch stays in its core's second cache.</summary>
    internal static bool IsLegal(BandTransformPlan plan) =>
        2L * BroadcastRowsKernels.Blocks * Lanes16<float>.Width * (plan.Kept + Lanes16<float>.Width)
            <= PlaneLanes.LargestSlot;

    internal static void Forward(BandTransformPlan plan, DeviceArray x, DeviceArray spectrum)
    {
        if (x.DType == DType.Float32)
            Forward<float, Lanes16<float>>(plan, x, spectrum);
        else
            Forward<double, Lanes8<double>>(plan, x, spectrum);
    }

    internal static void Inverse(BandTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
    {
        if (y.DType == DType.Float32)
            Inverse<float, Lanes16<float>>(plan, spectrum, y, bias);
        else
            Inverse<double, Lanes8<double>>(plan, spectrum, y, bias);
    }

    private static void Forward<T, TLanes>(BandTransformPlan plan, DeviceArray x, DeviceArray spectrum)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var matrix = new FoldedMatrix(plan.Axis, FoldedUse.Analysis, TLanes.Width);
        var (device, g) = (x.Device, Arguments<T, TLanes>(plan, matrix));
        var workers = Workers<T, TLanes>(device, plan);
        using var scratch = new Workspace(device, x.DType, (long)workers * g.SlotLength, "band transform");
        device.Launch(
            BroadcastRowsKernels.Forward<T, TLanes>, new LaunchShape(workers, 1), x.View<T>(),
            BandMatrixCache.Like<T>(x, matrix), BandMatrixCache.Like<T>(x, PlaneTurns.OfRows(plan.Axis, false)),
            spectrum.View<T>(), scratch.Array.View<T>(), scratch.Array.View<T>(), g);
    }

    private static void Inverse<T, TLanes>(
        BandTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var matrix = new FoldedMatrix(plan.Axis, FoldedUse.RealSynthesis, TLanes.Width);
        var (device, g) = (y.Device, Arguments<T, TLanes>(plan, matrix));
        g.BiasLength = bias is null ? 0 : (int)bias.Length;
        var workers = Workers<T, TLanes>(device, plan);
        using var scratch = new Workspace(device, y.DType, (long)workers * g.SlotLength, "band transform");
        device.Launch(
            BroadcastRowsKernels.Inverse<T, TLanes>, new LaunchShape(workers, 1), spectrum.View<T>(),
            BandMatrixCache.Like<T>(y, matrix), BandMatrixCache.Like<T>(y, PlaneTurns.OfRows(plan.Axis, true)),
            y.View<T>(), (bias ?? y).View<T>(), scratch.Array.View<T>(), g);
    }

    private static int Workers<T, TLanes>(ComputeDevice device, BandTransformPlan plan)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        PlaneLanes.Workers<T, TLanes>(device, GemmPlan.Blocks(plan.Rows, BroadcastRowsKernels.Blocks));

    private static BroadcastRowsArguments Arguments<T, TLanes>(BandTransformPlan plan, FoldedMatrix matrix)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var sumsAt = 2 * PanelPlan.TileRows * SeparateRows.Pitch;
        var whole = GemmPlan.Blocks(plan.Kept, TLanes.Width) * TLanes.Width;
        var spareAt = sumsAt + (2 * whole * BroadcastRowsKernels.Blocks * TLanes.Width);
        return new BroadcastRowsArguments
        {
            Rows = plan.Rows,
            Length = plan.Length,
            Bins = plan.Kept,
            Terms = FoldedAxis.Terms(plan.Axis),
            Odd = matrix.HalfLength,
            SumsAt = sumsAt,
            SpareAt = spareAt,
            SlotLength = spareAt + (3 * TLanes.Width * TLanes.Width),
        };
    }
}
