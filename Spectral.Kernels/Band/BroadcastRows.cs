using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Runs transforms of rows with columns of the matrix as lanes.</summary>
internal static class BroadcastRows
{
    /// <summary>Whether a work-item's scratch stays in its core's second cache.</summary>
    internal static bool IsLegal(BandTransformPlan plan) =>
        2L * BroadcastRowsKernels.Together * (plan.Kept + BroadcastRowsKernels.Lane) <= PlaneLanes.LargestSlot;

    /// <summary>Bins are the columns, turned to rows of bins sixteen at a time: a panel is no narrower.</summary>
    internal static void Forward(BandTransformPlan plan, DeviceArray x, DeviceArray spectrum) =>
        RegisterLanes.Run(
            x.DType, Math.Max(BroadcastRowsKernels.Lane, Panel(x.DType, plan.Kept)), new ForwardTask(plan, x, spectrum));

    /// <summary>Pairs of samples are the columns.</summary>
    internal static void Inverse(BandTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias) =>
        RegisterLanes.Run(
            y.DType, Panel(y.DType, FoldedAxis.Terms(plan.Axis)), new InverseTask(plan, spectrum, y, bias));

    private static int Panel(DType type, int columns) => RegisterLanes.OfPanel(type, PanelPlan.PanelBytes, columns);

    /// <summary>Work-items for so many adjacent rows at a time.</summary>
    internal static int Workers(ComputeDevice device, BandTransformPlan plan, int together) => Math.Min(
        GemmPlan.Blocks(plan.Rows, together),
        LoopItems.For(device.Limits, plan.SampleCount + plan.SpectrumCount, 2.0 * plan.Kept * plan.SampleCount));

    private static BroadcastRowsArguments Arguments(BandTransformPlan plan, FoldedMatrix matrix)
    {
        var sumsAt = 2 * PanelPlan.TileRows * SeparateRows.Pitch;
        var whole = GemmPlan.Blocks(plan.Kept, matrix.Height) * matrix.Height;
        var spareAt = sumsAt + (2 * whole * BroadcastRowsKernels.Together);
        return new BroadcastRowsArguments
        {
            Rows = plan.Rows,
            Length = plan.Length,
            Bins = plan.Kept,
            Terms = FoldedAxis.Terms(plan.Axis),
            Odd = matrix.HalfLength,
            SumsAt = sumsAt,
            SpareAt = spareAt,
            SlotLength = spareAt + (3 * BroadcastRowsKernels.Lane * BroadcastRowsKernels.Lane),
        };
    }

    private sealed record ForwardTask(BandTransformPlan Plan, DeviceArray X, DeviceArray Spectrum) : ILaneTask
    {
        public void Run<T, TPanel>()
            where T : unmanaged, INumber<T>
            where TPanel : unmanaged, ILanes<T, TPanel>
        {
            var matrix = new FoldedMatrix(Plan.Axis, FoldedUse.Analysis, TPanel.Width);
            var (device, g) = (X.Device, Arguments(Plan, matrix));
            var workers = Workers(device, Plan, BroadcastRowsKernels.Together);
            using var scratch = new Workspace(device, X.DType, (long)workers * g.SlotLength, "band transform");
            device.Launch(
                BroadcastRowsKernels.Forward<T, TPanel>, new LaunchShape(workers, 1), X.View<T>(),
                BandMatrixCache.Like<T>(X, matrix), BandMatrixCache.Like<T>(X, PlaneTurns.OfRows(Plan.Axis, false)),
                Spectrum.View<T>(), scratch.Array.View<T>(), scratch.Array.View<T>(), g);
        }
    }

    private sealed record InverseTask(
        BandTransformPlan Plan, DeviceArray Spectrum, DeviceArray Y, DeviceArray? Bias) : ILaneTask
    {
        public void Run<T, TPanel>()
            where T : unmanaged, INumber<T>
            where TPanel : unmanaged, ILanes<T, TPanel>
        {
            var matrix = new FoldedMatrix(Plan.Axis, FoldedUse.RealSynthesis, TPanel.Width);
            var (device, g) = (Y.Device, Arguments(Plan, matrix));
            g.BiasLength = Bias is null ? 0 : (int)Bias.Length;
            var workers = Workers(device, Plan, BroadcastRowsKernels.Together);
            using var scratch = new Workspace(device, Y.DType, (long)workers * g.SlotLength, "band transform");
            device.Launch(
                BroadcastRowsKernels.Inverse<T, TPanel>, new LaunchShape(workers, 1), Spectrum.View<T>(),
                BandMatrixCache.Like<T>(Y, matrix), BandMatrixCache.Like<T>(Y, PlaneTurns.OfRows(Plan.Axis, true)),
                Y.View<T>(), (Bias ?? Y).View<T>(), scratch.Array.View<T>(), g);
        }
    }
}
