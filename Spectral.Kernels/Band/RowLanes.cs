using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Runs transforms of short rows with adjacent rows as lanes.</summary>
internal static class RowLanes
{
    /// <summary>
    /// Samples up to which turning rows into lanes is less work than turning their bins (measured on two cores):
    /// longer rows are for <see cref="BroadcastRows"/>.
    /// </summary>
    private const int MostSamples = 80;

    private const int TileRows = PairTile<float, Lanes16<float>>.Rows;

    /// <summary>Whether rows are that short, and a work-item's scratch stays in its core's second cache.</summary>
    internal static bool IsLegal(BandTransformPlan plan) =>
        plan.Length <= MostSamples && 4L * Lanes16<float>.Width * plan.Kept <= PlaneLanes.LargestSlot;

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
        var matrix = new FoldedMatrix(plan.Axis, FoldedUse.Analysis, TileRows);
        var (device, g) = (x.Device, Arguments<T, TLanes>(plan, matrix));
        var workers = BroadcastRows.Workers(device, plan, 2 * TLanes.Width);
        using var scratch = new Workspace(device, x.DType, (long)workers * g.SlotLength, "band transform");
        device.Launch(
            RowLanesKernels.Forward<T, TLanes>, new LaunchShape(workers, 1), x.View<T>(),
            BandMatrixCache.Like<T>(x, matrix), BandMatrixCache.Like<T>(x, PlaneTurns.OfRows(plan.Axis, false)),
            spectrum.View<T>(), scratch.Array.View<T>(), scratch.Array.View<T>(), g);
    }

    private static void Inverse<T, TLanes>(
        BandTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var matrix = new FoldedMatrix(plan.Axis, FoldedUse.RealSynthesis, TileRows);
        var (device, g) = (y.Device, Arguments<T, TLanes>(plan, matrix));
        g.BiasLength = bias is null ? 0 : (int)bias.Length;
        var workers = BroadcastRows.Workers(device, plan, 2 * TLanes.Width);
        using var scratch = new Workspace(device, y.DType, (long)workers * g.SlotLength, "band transform");
        device.Launch(
            RowLanesKernels.Inverse<T, TLanes>, new LaunchShape(workers, 1), spectrum.View<T>(),
            BandMatrixCache.Like<T>(y, matrix), BandMatrixCache.Like<T>(y, PlaneTurns.OfRows(plan.Axis, true)),
            y.View<T>(), (bias ?? y).View<T>(), scratch.Array.View<T>(), scratch.Array.View<T>(), g);
    }

    private static RowLanesArguments Arguments<T, TLanes>(BandTransformPlan plan, FoldedMatrix matrix)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        // The room of the pairs is also that of a shuffle.
        var terms = FoldedAxis.Terms(plan.Axis);
        var pairsAt = 2 * plan.Length * TLanes.Width;
        var binsAt = pairsAt + (4 * terms * TLanes.Width);
        var tileAt = binsAt + (4 * GemmPlan.Blocks(plan.Kept, TileRows) * TileRows * TLanes.Width);
        return new RowLanesArguments
        {
            Rows = plan.Rows,
            Length = plan.Length,
            Bins = plan.Kept,
            Terms = terms,
            Odd = matrix.HalfLength,
            PairsAt = pairsAt,
            BinsAt = binsAt,
            TileAt = tileAt,
            SlotLength = tileAt + (4 * TileRows * TLanes.Width),
        };
    }
}
