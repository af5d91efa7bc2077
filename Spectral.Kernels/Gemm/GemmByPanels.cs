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
        var s = call.Shape;
        var plan = PanelPlan.For(s.Batch, s.M, s.P, s.L, call.C.DType, call.C.Device.Limits);
        RegisterLanes.Run(call.C.DType, plan.Lanes, new Product(call, plan));
    }

    private sealed record Product(GemmCall Call, PanelPlan Plan) : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            var (device, s) = (Call.C.Device, Call.Shape);
            var batches = s.A.Batch == 0 ? 1 : s.Batch;
            using var rows = new Workspace(device, Call.C.DType, batches * Plan.PackedRows, "gemm");
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
                Call.A.View<T>(), rows.Array.View<T>(), pack);
            using var scratch = new Workspace(device, Call.C.DType, Plan.ScratchLength, "gemm");
            var product = new GemmPanels<T, TLanes>
            {
                G = new GemmArguments(new GemmPlan(s, Plan.Lanes, false, 1, s.L, false))
                {
                    Bias = (int)Call.BiasAlong,
                    BiasLength = Math.Max(1, Call.Bias.Length),
                    Accumulate = Call.Accumulate ? 1 : 0,
                },
                PackedBatch = batches == 1 ? 0 : (int)Plan.PackedRows,
            };
            device.Launch(
                PanelKernels.Columns<T, TLanes, GemmPanels<T, TLanes>>, new LaunchShape(Plan.Workers, 1),
                rows.Array.View<T>(), Call.B.View<T>(), Call.C.View<T>(), Call.Bias.View<T>(),
                scratch.Array.View<T>(), T.CreateChecked(Call.Alpha), Plan.Arguments(), product);
        }
    }
}
