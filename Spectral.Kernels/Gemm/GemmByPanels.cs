using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Runs a product by panels: packs the left operand, then multiplies.</summary>
internal static class GemmByPanels
{
    /// <summary>With fewer rows packing does not pay; with fewer columns panels stay empty.</summary>
    private const int FewestRows = 12, FewestColumns = 16;

    internal static bool IsPreferred(ComputeDevice device, GemmShape shape) =>
        device.Quirks.PrefersVectorLoops && shape.M >= FewestRows && shape.P >= FewestColumns;

    internal static void Run(GemmCall call)
    {
        if (call.C.DType == DType.Float32)
            Run<float, Lanes16<float>>(call, (float)call.Alpha);
        else
            Run<double, Lanes8<double>>(call, call.Alpha);
    }

    private static void Run<T, TLanes>(GemmCall call, T alpha)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var (device, s) = (call.C.Device, call.Shape);
        var plan = PanelPlan.For(s.Batch, s.M, s.P, s.L, call.C.DType, device.Limits.Cores);
        var batches = s.A.Batch == 0 ? 1 : s.Batch;
        using var rows = new Workspace(device, call.C.DType, batches * plan.PackedRows, "gemm");
        var pack = new PackArguments
        {
            Batch = batches,
            BatchStride = s.A.Batch,
            Rows = s.M,
            Start = s.Offset.A,
            Row = s.A.Row,
            Outer = 1,
            Middle = 1,
            Inner = s.L,
            InnerStride = s.A.L,
        };
        device.Launch(
            PackKernels.Rows, device.Limits.Vectors(pack.Items),
            call.A.View<T>(), rows.Array.View<T>(), pack);
        using var scratch = new Workspace(device, call.C.DType, plan.ScratchLength, "gemm");
        var product = new GemmPanels<T, TLanes>
        {
            G = new GemmArguments(new GemmPlan(s, plan.Lanes, false, 1, s.L, false))
            {
                Bias = (int)call.BiasAlong,
                BiasLength = Math.Max(1, call.Bias.Length),
                Accumulate = call.Accumulate ? 1 : 0,
            },
            PackedBatch = batches == 1 ? 0 : (int)plan.PackedRows,
        };
        device.Launch(
            PanelKernels.Columns<T, TLanes, GemmPanels<T, TLanes>>, new LaunchShape(plan.Workers, 1),
            rows.Array.View<T>(), call.B.View<T>(), call.C.View<T>(), call.Bias.View<T>(),
            scratch.Array.View<T>(), alpha, plan.Arguments(), product);
    }
}
