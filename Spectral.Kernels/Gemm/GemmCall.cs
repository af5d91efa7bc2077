using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>One product with its arrays, as candidates run it.</summary>
internal sealed record GemmCall(
    GemmShape Shape, DeviceArray A, DeviceArray B, DeviceArray C, DeviceArray Bias, GemmBias BiasAlong,
    double Alpha, bool Accumulate)
{
    /// <summary>Packs if the plan says so, multiplies, and adds the parts if there are any.</summary>
    internal void Run<T>(
        GemmPlan plan, T alpha,
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, T, GemmArguments> multiply,
        LaunchShape launch)
        where T : unmanaged, INumber<T>
    {
        var device = C.Device;
        var whole = new GemmArguments(plan)
        {
            Bias = (int)BiasAlong,
            BiasLength = Math.Max(1, Bias.Length),
            Accumulate = Accumulate ? 1 : 0,
        };
        var inner = whole;
        var (b, c) = (B, C);
        using var packed = new Workspace(device, C.DType, plan.PackedLength, "gemm");
        if (plan.PacksB)
        {
            Action<ArrayView<T>, ArrayView<T>, int, GemmArguments> pack = plan.Lanes switch
            {
                16 => GemmVectorKernels.Panels<T, Lanes16<T>>,
                8 => GemmVectorKernels.Panels<T, Lanes8<T>>,
                _ => GemmVectorKernels.Panels<T, Lanes4<T>>,
            };
            var runs = plan.PackedLength / plan.Lanes / GemmVectorKernels.PanelRun;
            device.Launch(
                pack, device.Limits.Vectors(runs + 1),
                B.View<T>(), packed.Array.View<T>(), plan.PackedBatches, whole);
            inner.UsePanels(plan.Lanes);
            b = packed.Array;
        }

        using var parts = new Workspace(device, C.DType, plan.PartsLength, "gemm");
        if (plan.Gathers)
        {
            inner.WriteParts();
            c = parts.Array;
        }

        device.Launch(
            multiply, launch, A.View<T>(), b.View<T>(), c.View<T>(), Bias.View<T>(),
            plan.Gathers ? T.One : alpha, inner);
        if (plan.Shape.SumsBatch)
            whole.SumBatch();
        if (plan.Gathers)
            device.Launch(
                GemmHelperKernels.Gather,
                device.Limits.Elements((long)whole.Batch * plan.Shape.M * plan.Shape.P),
                parts.Array.View<T>(), C.View<T>(), Bias.View<T>(), alpha, whole);
    }
}
