using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Runs transforms of planes with adjacent planes as lanes, one axis after the other.</summary>
internal static class PlaneLanes
{
    /// <summary>With fewer planes, or rows, most lanes would idle.</summary>
    internal const int FewestPlanes = 12;

    /// <summary>Elements of a work-item's scratch that its core's second cache holds.</summary>
    internal const int LargestSlot = 1 << 17;

    /// <summary>Samples of a plane that are turned into lanes at a time: they stay in its core's first cache.</summary>
    private const int HeldSamples = 128;

    private const int TileRows = PairTile<float, Lanes16<float>>.Rows;

    /// <summary>Whether a work-item's scratch stays in its core's cache; sizes of huge planes need 64 bits.</summary>
    internal static bool IsLegal(PlaneTransformPlan plan) =>
        !plan.IsOneRow && Lanes16<float>.Width * (Operand(plan) + Between(plan)) <= LargestSlot;

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

    /// <summary>Work-items for blocks of adjacent planes.</summary>
    internal static int Workers(ComputeDevice device, PlaneTransformPlan plan, int together) => Math.Min(
        GemmPlan.Blocks(plan.Planes, together),
        LoopItems.For(device.Limits, plan.SampleCount + plan.SpectrumCount, plan.FoldedFlops));

    private static void Forward<T, TLanes>(PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (device, g) = (x.Device, Arguments<T, TLanes>(plan, FoldedUse.Analysis, FoldedUse.Analysis));
        var workers = Workers(device, plan, TLanes.Width);
        using var scratch = new Workspace(device, x.DType, (long)workers * g.SlotLength, "plane transform");
        device.Launch(
            PlaneLanesKernels.Forward<T, TLanes>, new LaunchShape(workers, 1), x.View<T>(),
            Get<T>(device, Matrix(plan.W, FoldedUse.Analysis)), Get<T>(device, Matrix(plan.H, FoldedUse.Analysis)),
            Get<T>(device, new PlaneTurns(plan.H, plan.W, false)), spectrum.View<T>(), scratch.Array.View<T>(),
            scratch.Array.View<T>(), g);
    }

    private static void Inverse<T, TLanes>(
        PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (device, g) = (y.Device, Arguments<T, TLanes>(plan, FoldedUse.ComplexSynthesis, FoldedUse.RealSynthesis));
        g.BiasLength = bias is null ? 0 : (int)bias.Length;
        var workers = Workers(device, plan, TLanes.Width);
        using var scratch = new Workspace(device, y.DType, (long)workers * g.SlotLength, "plane transform");
        device.Launch(
            PlaneLanesKernels.Inverse<T, TLanes>, new LaunchShape(workers, 1), spectrum.View<T>(),
            Get<T>(device, Matrix(plan.H, FoldedUse.ComplexSynthesis)),
            Get<T>(device, Matrix(plan.W, FoldedUse.RealSynthesis)),
            Get<T>(device, new PlaneTurns(plan.H, plan.W, true)), y.View<T>(), (bias ?? y).View<T>(),
            scratch.Array.View<T>(), scratch.Array.View<T>(), g);
    }

    private static FoldedMatrix Matrix(AxisSamples axis, FoldedUse use) => new(axis, use, TileRows);

    private static ILGPU.ArrayView<T> Get<T>(ComputeDevice device, IBandMatrix matrix)
        where T : unmanaged, INumber<T> =>
        BandMatrixCache.Get(device, matrix, typeof(T) == typeof(float) ? DType.Float32 : DType.Float64).View<T>();

    private static PlaneLanesArguments Arguments<T, TLanes>(PlaneTransformPlan plan, FoldedUse useH, FoldedUse useW)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (held, operandAt) = (HeldRows(plan), HeldRows(plan) * plan.W.Length * TLanes.Width);
        var betweenAt = (int)Operand(plan) * TLanes.Width;
        var tileAt = betweenAt + ((int)Between(plan) * TLanes.Width);
        return new PlaneLanesArguments
        {
            Planes = plan.Planes,
            Height = plan.H.Length,
            Width = plan.W.Length,
            HeldRows = held,
            Columns = plan.W.Kept,
            Rows = plan.H.Band.BothSigns,
            Bins = plan.H.Kept,
            TermsH = FoldedAxis.Terms(plan.H),
            TermsW = FoldedAxis.Terms(plan.W),
            OddH = Matrix(plan.H, useH).HalfLength,
            OddW = Matrix(plan.W, useW).HalfLength,
            FoldH = FoldedAxis.IsFolded(plan.H) ? 1 : 0,
            FoldW = FoldedAxis.IsFolded(plan.W) ? 1 : 0,
            OperandAt = operandAt,
            BetweenAt = betweenAt,
            Pitch = TLanes.Width * (useW == FoldedUse.Analysis ? Even(plan.H.Length) : 2 * plan.W.Kept),
            TileAt = tileAt,
            SlotLength = tileAt + (4 * TileRows * TLanes.Width),
        };
    }

    /// <summary>Rows of samples, and room for as much or the operands of an axis; in registers of lanes.</summary>
    private static long Operand(PlaneTransformPlan plan)
    {
        var held = (long)HeldRows(plan) * plan.W.Length;
        return held + Math.Max(
            held, 4L * Math.Max(plan.H.Kept, Math.Max(FoldedAxis.Terms(plan.H), FoldedAxis.Terms(plan.W))));
    }

    private static int HeldRows(PlaneTransformPlan plan) =>
        Math.Clamp(HeldSamples / plan.W.Length, 2, Even(plan.H.Length)) & ~1;

    /// <summary>All between the axes, in registers of lanes: whole pairs of rows of whole blocks of columns.</summary>
    private static long Between(PlaneTransformPlan plan) =>
        2L * Even(plan.H.Length) * GemmPlan.Blocks(plan.W.Kept, TileRows) * TileRows;

    private static int Even(int rows) => GemmPlan.Blocks(rows, 2) * 2;
}
