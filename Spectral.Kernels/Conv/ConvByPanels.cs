using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Runs convolutions as products by panels, without unfolding the images in memory.</summary>
internal static class ConvByPanels
{
    /// <summary>Images are spread a few at a time, so that they stay in the cores' second caches.</summary>
    private const long SpreadBytes = 1L << 20;

    /// <summary>Whether the gradient of x falls into phases: not with stride and dilation both.</summary>
    internal static bool IsLegal(ConvShape s) => HasPhases(s.H) && HasPhases(s.W);

    internal static void Forward(
        ConvShape shape, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y) =>
        Run(ConvWork.Forward(shape), x, w, bias, y);

    internal static void InputGradient(ConvShape shape, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        for (var h = 0; h < Math.Min(shape.H.Stride, shape.H.Length); h++)
            for (var v = 0; v < Math.Min(shape.W.Stride, shape.W.Length); v++)
                Run(ConvWork.InputGradient(shape, h, v), dy, w, null, dx);
    }

    internal static void FilterGradient(ConvShape shape, DeviceArray x, DeviceArray dy, DeviceArray dw)
    {
        var work = ConvWork.Forward(shape);
        var plan = RowPanelPlan.Summing(work.L, work.K, work.Columns, dw.DType, dw.Device.Limits);
        RegisterLanes.Run(dw.DType, plan.Lanes, new GradientTask(work, plan, x, dy, dw));
    }

    private static bool HasPhases(ConvAxis a) => a.Stride == 1 || a.Dilation == 1;

    private static void Run(ConvWork work, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        var images = work.ReadsInPlace || work.L == 0
            ? work.N
            : (int)Math.Clamp(SpreadBytes * work.N / (work.SpreadLength * y.DType.SizeOf()), 1, work.N);
        var part = work with { N = images };
        var plan = PanelPlan.For(
            1, work.K, part.Columns, work.L, y.DType, y.Device.Limits, Math.Max(1, work.Window));
        RegisterLanes.Run(y.DType, plan.Lanes, new ProductTask(work, part, plan, x, w, bias, y));
    }

    private static void Spread<T>(ConvWork work, DeviceArray x, DeviceArray spread)
        where T : unmanaged, INumber<T> =>
        x.Device.Launch(
            SpreadKernels.Spread, x.Device.Limits.Vectors((long)work.N * work.C * work.Phases),
            x.View<T>(), spread.View<T>(), new SpreadArguments(work));

    private static PackArguments Filters(ConvWork work) => new PackArguments
    {
        Batch = 1,
        Rows = work.K,
        Start = work.H.FilterStart + work.W.FilterStart,
        Row = work.Filter.K,
        Outer = work.C,
        OuterStride = work.Filter.C,
        Middle = work.H.Taps,
        MiddleStride = work.H.FilterStride,
        Inner = work.W.Taps,
        InnerStride = work.W.FilterStride,
    }.Merged();

    /// <summary>A convolution, some images (the part) at a time.</summary>
    private sealed record ProductTask(
        ConvWork Work, ConvWork Part, PanelPlan Plan, DeviceArray X, DeviceArray W, DeviceArray? Bias, DeviceArray Y)
        : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            var (device, work, part, plan) = (Y.Device, Work, Part, Plan);
            using var rows = new Workspace(device, Y.DType, Math.Max(1, plan.PackedRows), "conv");
            using var spread = new Workspace(
                device, Y.DType, work.ReadsInPlace || work.L == 0 ? 0 : part.SpreadLength, "conv");
            using var scratch = new Workspace(device, Y.DType, plan.ScratchLength, "conv");
            if (work.L > 0)
            {
                var filters = Filters(work);
                device.Launch(
                    PackKernels.Rows, device.Limits.Vectors(filters.Items), W.View<T>(), rows.Array.View<T>(),
                    filters);
            }

            var image = work.C * work.H.Length * work.W.Length;
            for (var first = 0; first < work.N; first += Part.N)
            {
                if (part.N > work.N - first)
                {
                    part = part with { N = work.N - first };
                    plan = plan with { Columns = part.Columns };
                }

                var xs = X.View<T>().SubView((long)first * image, (long)part.N * image);
                if (spread.Array.Length > 0)
                {
                    device.Launch(
                        SpreadKernels.Spread, device.Limits.Vectors((long)part.N * work.C * work.Phases),
                        xs, spread.Array.View<T>(), new SpreadArguments(part));
                    xs = spread.Array.View<T>();
                }

                device.Launch(
                    PanelKernels.Columns<T, TLanes, ConvPanels<T, TLanes>>, new LaunchShape(plan.Workers, 1),
                    rows.Array.View<T>(), xs, Y.View<T>(), (Bias ?? Y).View<T>(), scratch.Array.View<T>(), T.One,
                    plan.Arguments(),
                    new ConvPanels<T, TLanes>(part, first * work.Output.N) { Bias = Bias is null ? 0 : 1 });
            }
        }
    }

    /// <summary>The gradient of the filters.</summary>
    private sealed record GradientTask(
        ConvWork Work, RowPanelPlan Plan, DeviceArray X, DeviceArray Dy, DeviceArray Dw) : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            var (device, work, plan) = (Dw.Device, Work, Plan);
            using var columns = new Workspace(device, Dw.DType, plan.PackedColumns, "conv");
            using var spread = new Workspace(device, Dw.DType, work.ReadsInPlace ? 0 : work.SpreadLength, "conv");
            using var scratch = new Workspace(device, Dw.DType, plan.ScratchLength, "conv");
            var outputs = work.H.Outputs * work.W.Outputs;
            PackColumns.Run<T, TLanes>(Dy, columns.Array, new PackColumnsArguments
            {
                Batch = 1,
                Columns = work.K,
                Column = outputs,
                Outer = work.N,
                OuterStride = work.K * outputs,
                Inner = outputs,
                InnerStride = 1,
            });
            var images = X;
            if (!work.ReadsInPlace)
            {
                images = spread.Array;
                Spread<T>(work, X, images);
            }

            var product = new FilterPanels<T, TLanes>(work);
            device.Launch(
                RowPanelKernels.Rows<T, TLanes, FilterPanels<T, TLanes>>, new LaunchShape(plan.Workers, 1),
                images.View<T>(), columns.Array.View<T>(), Dw.View<T>(), Dw.View<T>(), scratch.Array.View<T>(),
                T.One, plan.Arguments(), product);
            device.Launch(
                FilterPanels<T, TLanes>.Gather, device.Limits.Vectors((long)plan.RowBlocks * plan.Panels),
                scratch.Array.View<T>(), Dw.View<T>(), product, plan.Arguments());
        }
    }
}
