using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Convolutions of planes of a few samples, as the last layers of a network have them: images are lanes, so that taps
/// which only meet padding can be left out.
/// </summary>
internal static class ConvOfSmallPlanes
{
    /// <summary>Samples of a plane up to which a tile for each is held.</summary>
    private const int LargestPlane = 36;

    /// <summary>Elements of a work-item's sums, and of the filters beside them, that a core's caches hold.</summary>
    private const int MostSums = 1 << 16, FilterLength = 1 << 12;

    private const int FewestImages = 12, TileRows = PanelPlan.TileRows;

    internal static bool IsLegal(ConvShape s) =>
        (long)s.Input.H * s.Input.W <= LargestPlane && (long)s.Output.H * s.Output.W <= LargestPlane
        && (long)s.Kernel.H * s.Kernel.W <= LargestPlane
        && (long)(s.N + Lanes16<float>.Width) * TileRows * Math.Max(s.Input.H * s.Input.W, s.Output.H * s.Output.W)
            <= MostSums;

    internal static bool IsPreferred(ComputeDevice device, ConvShape s) =>
        device.Quirks.PrefersVectorLoops && IsWorthwhile(s);

    /// <summary>
    /// Whether a CPU gains: with enough images to be lanes, and a tenth of the multiply-adds to leave out (measured on
    /// two cores: with a thirtieth, panels are half as fast again).
    /// </summary>
    internal static bool IsWorthwhile(ConvShape s) =>
        s.N >= FewestImages && IsLegal(s) && Flops(s) <= 0.9 * s.Flops;

    /// <summary>Multiply-adds without those of padding, times two.</summary>
    internal static double Flops(ConvShape s) =>
        2.0 * s.N * s.C * s.K * TapAxis.Pairs(new TapAxis(s.H)) * TapAxis.Pairs(new TapAxis(s.W));

    internal static void Forward(ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        if (y.DType == DType.Float32)
            Multiply<float, Lanes16<float>, ForwardPlanes>(shape, x, w, bias, y);
        else
            Multiply<double, Lanes8<double>, ForwardPlanes>(shape, x, w, bias, y);
    }

    internal static void InputGradient(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        if (dx.DType == DType.Float32)
            Multiply<float, Lanes16<float>, BackwardPlanes>(shape, dy, w, null, dx);
        else
            Multiply<double, Lanes8<double>, BackwardPlanes>(shape, dy, w, null, dx);
    }

    internal static void FilterGradient(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
    {
        if (x.DType == DType.Float32)
            FilterGradient<float, Lanes16<float>>(shape, x, dy, dw);
        else
            FilterGradient<double, Lanes8<double>>(shape, x, dy, dw);
    }

    private static int Items(ComputeDevice device, ConvShape s) =>
        LoopItems.For(device.Limits, s.FilterCount, Flops(s));

    private static void Multiply<T, TLanes, TPass>(
        ConvShape shape, DeviceArray from, DeviceArray w, DeviceArray? bias, DeviceArray to)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
        where TPass : struct, IPlanePass
    {
        var (device, taps, panels) = (to.Device, shape.Kernel.H * shape.Kernel.W, GemmPlan.Blocks(shape.N, TLanes.Width));
        var (rows, l) = TPass.IsForward ? (shape.K, shape.C) : (shape.C, shape.K);
        var (plane, tiles) = TPass.IsForward
            ? (shape.Input.H * shape.Input.W, shape.Output.H * shape.Output.W)
            : (shape.Output.H * shape.Output.W, shape.Input.H * shape.Input.W);
        using var packed = new Workspace(device, to.DType, (long)panels * TLanes.Width * l * plane, "conv");
        PackColumns.Run<T, TLanes>(from, packed.Array, new PackColumnsArguments
        {
            Batch = 1,
            Columns = shape.N,
            Column = l * plane,
            Outer = 1,
            Inner = l * plane,
            InnerStride = 1,
        });
        var stretch = Math.Clamp(FilterLength / (TileRows * taps), 1, l);
        var sumsAt = stretch * TileRows * taps;
        var arguments = new SmallPlaneArguments(shape)
        {
            Panels = panels,
            Bias = bias is null ? 0 : 1,
            Stretch = stretch,
            SumsAt = sumsAt,
            SlotLength = sumsAt + (panels * tiles * TileRows * TLanes.Width),
        };
        var workers = Math.Min(GemmPlan.Blocks(rows, TileRows), Items(device, shape));
        using var scratch = new Workspace(device, to.DType, (long)workers * arguments.SlotLength, "conv");
        device.Launch(
            SmallPlaneKernels.Multiply<T, TLanes, TPass>, new LaunchShape(workers, 1), packed.Array.View<T>(),
            w.View<T>(), (bias ?? w).View<T>(), to.View<T>(), scratch.Array.View<T>(), arguments);
    }

    private static void FilterGradient<T, TLanes>(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (device, panels, blocks) = (
            dw.Device, GemmPlan.Blocks(shape.C, TLanes.Width), GemmPlan.Blocks(shape.K, TileRows));
        var (inputs, outputs) = (shape.Input.H * shape.Input.W, shape.Output.H * shape.Output.W);
        using var columns = new Workspace(device, dw.DType, (long)panels * TLanes.Width * inputs * shape.N, "conv");
        using var rows = new Workspace(device, dw.DType, (long)blocks * TileRows * outputs * shape.N, "conv");
        PackColumns.Run<T, TLanes>(x, columns.Array, new PackColumnsArguments
        {
            Batch = 1,
            Columns = shape.C,
            Column = inputs,
            Outer = inputs,
            OuterStride = 1,
            Inner = shape.N,
            InnerStride = shape.C * inputs,
        });
        var gradient = new PackArguments
        {
            Batch = 1,
            Rows = shape.K,
            Row = outputs,
            Outer = outputs,
            OuterStride = 1,
            Middle = 1,
            Inner = shape.N,
            InnerStride = shape.K * outputs,
        };
        device.Launch(
            PackKernels.Rows, device.Limits.Vectors(gradient.Items), dy.View<T>(), rows.Array.View<T>(), gradient);
        var wanted = Items(device, shape);
        var parts = Math.Clamp(wanted / panels, 1, blocks);
        var workers = Math.Min(wanted, panels * parts);
        var arguments = new SmallPlaneArguments(shape)
        {
            Panels = panels,
            Parts = parts,
            SlotLength = shape.Kernel.H * shape.Kernel.W * TileRows * TLanes.Width,
        };
        using var scratch = new Workspace(device, dw.DType, (long)workers * arguments.SlotLength, "conv");
        device.Launch(
            SmallPlaneKernels.FilterGradient<T, TLanes>, new LaunchShape(workers, 1), rows.Array.View<T>(),
            columns.Array.View<T>(), dw.View<T>(), scratch.Array.View<T>(), arguments);
    }
}
