using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Runs transforms of planes with adjacent planes as lanes.</summary>
internal static class PlaneLanes
{
    /// <summary>Elements of a work-item's scratch that its core's second cache holds.</summary>
    private const int LargestSlot = 1 << 17;

    /// <summary>Samples of a plane below which one product takes both axes.</summary>
    internal const int FewestSamples = 16;

    private const int ItemsPerCore = 8;

    /// <summary>Whether a work-item's scratch stays in its core's cache; sizes of huge planes need 64 bits.</summary>
    internal static bool IsLegal(PlaneTransformPlan plan) =>
        IsFlat(plan)
        || (!plan.IsOneRow && Lanes16<float>.Width * ((2L * plan.W.Kept * plan.H.Length) + Math.Max(plan.W.Length, 4L * plan.H.Kept))
            <= LargestSlot);

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
        var (device, g) = (x.Device, Arguments<TLanes, T>(plan, false));
        var horizontal = IsFlat(plan)
            ? Tiled(device, new PlaneMatrix(plan.H, plan.W, false), 2 * plan.Frequencies, plan.PlaneLength, x.DType)
            : Analysis(device, plan.W, x.DType);
        var vertical = IsFlat(plan) ? horizontal : Analysis(device, plan.H, x.DType);
        var workers = Workers<TLanes, T>(plan, device);
        using var scratch = new Workspace(device, x.DType, (long)workers * g.SlotLength, "plane transform");
        device.Launch(
            PlaneLanesKernels.Forward<T, TLanes>, new LaunchShape(workers, 1), x.View<T>(),
            horizontal.View<T>(), vertical.View<T>(), spectrum.View<T>(), scratch.Array.View<T>(), g);
    }

    private static void Inverse<T, TLanes>(
        PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (device, g) = (y.Device, Arguments<TLanes, T>(plan, true));
        g.BiasLength = bias is null ? 0 : (int)bias.Length;
        var horizontal = IsFlat(plan)
            ? Synthesis(device, new PlaneMatrix(plan.H, plan.W, true), plan.PlaneLength, plan.Frequencies, y.DType)
            : Synthesis(device, new RowMatrix(plan.W, true), plan.W.Length, plan.W.Kept, y.DType);
        var vertical = IsFlat(plan)
            ? horizontal
            : Synthesis(device, new RowMatrix(plan.H, false), plan.H.Length, plan.H.Kept, y.DType);
        var scale = T.CreateChecked(IsFlat(plan) ? 1 : 1.0 / plan.H.FftLength);
        var workers = Workers<TLanes, T>(plan, device);
        using var scratch = new Workspace(device, y.DType, (long)workers * g.SlotLength, "plane transform");
        device.Launch(
            PlaneLanesKernels.Inverse<T, TLanes>, new LaunchShape(workers, 1), spectrum.View<T>(),
            vertical.View<T>(), horizontal.View<T>(), y.View<T>(), (bias ?? y).View<T>(),
            scratch.Array.View<T>(), scale, g);
    }

    /// <summary>Whether one product takes both axes: of few samples, unless long circles have many frequencies.</summary>
    internal static bool IsFlat(PlaneTransformPlan plan) =>
        !plan.IsOneRow && plan.PlaneLength < FewestSamples
        && 2L * Lanes16<float>.Width * plan.Frequencies <= LargestSlot;

    /// <summary>[bins][2] by [samples].</summary>
    private static DeviceArray Analysis(ComputeDevice device, AxisSamples axis, DType type) =>
        Tiled(device, new RowMatrix(axis, false), 2 * axis.Kept, axis.Length, type);

    private static DeviceArray Tiled(ComputeDevice device, IBandMatrix matrix, int rows, int columns, DType type) =>
        BandMatrixCache.Get(device, new TiledMatrix(matrix, rows, columns, PanelPlan.TileRows), type);

    /// <summary>[samples] by [bins][2].</summary>
    private static DeviceArray Synthesis(ComputeDevice device, IBandMatrix matrix, int samples, int bins, DType type) =>
        BandMatrixCache.Get(
            device, new TiledMatrix(matrix, samples, 2 * bins, PanelPlan.TileRows) { IsTransposed = true }, type);

    private static int Workers<TLanes, T>(PlaneTransformPlan plan, ComputeDevice device)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        Math.Min(GemmPlan.Blocks(plan.Planes, TLanes.Width), ItemsPerCore * device.Limits.Cores);

    private static PlaneLanesArguments Arguments<TLanes, T>(PlaneTransformPlan plan, bool inverse)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        // Flat planes are one row each, whose frequencies are those of the plane.
        var isFlat = IsFlat(plan);
        var (height, width) = isFlat ? (1, plan.PlaneLength) : (plan.H.Length, plan.W.Length);
        var (columns, bins) = isFlat ? (plan.Frequencies, 1) : (plan.W.Kept, plan.H.Kept);

        // Whole tiles, also where the last one has fewer rows.
        var operand = inverse ? Math.Max(Whole(width), 4 * bins) : width;
        var between = inverse ? Whole(height) * 2 * columns : Whole(2 * columns) * height;
        return new PlaneLanesArguments
        {
            Planes = plan.Planes,
            Height = height,
            Width = width,
            Columns = columns,
            Rows = plan.H.Band.BothSigns,
            Bins = bins,
            IsFlat = isFlat ? 1 : 0,
            BetweenAt = operand * TLanes.Width,
            TileAt = (operand + between) * TLanes.Width,
            SlotLength = (operand + between + (2 * PanelPlan.TileRows)) * TLanes.Width,
        };
    }

    private static int Whole(int rows) => GemmPlan.Blocks(rows, PanelPlan.TileRows) * PanelPlan.TileRows;
}
