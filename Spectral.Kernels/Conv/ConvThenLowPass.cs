namespace Spectral.Kernels;

/// <summary>
/// A band-limited convolution as a direct convolution and an ideal low-pass of its result. One low-pass of the
/// result's gradient serves both gradients, which are those of the direct convolution from there on.
/// </summary>
public static class ConvThenLowPass
{
    private const string Operation = "convolution and low-pass";

    /// <summary>y = low-pass(x ⋆ w) + b.</summary>
    /// <param name="plan">The convolution, at stride 1.</param>
    /// <param name="x">Input, [N][C][H][W].</param>
    /// <param name="w">Filters, [K][C][R][Q].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="y">Overwritten: [N][K][OutH][OutW].</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void Forward(BandConvPlan plan, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        var (n, k) = (plan.Shape.N, plan.Shape.K);
        var (down, across) = plan.OutputMaps;
        using var whole = new Workspace(y.Device, y.DType, plan.BeforeMaps.OutputCount, Operation);
        DirectConv.Forward(plan.BeforeMaps, x, w, null, whole.Array);
        PlaneMap.Adjoint(n * k, down, across, whole.Array, y);
        if (bias is null)
            return;

        // A constant is in every band, but the low-pass of one that ends where the outputs do is not constant.
        ReadOnlySpan<int> outputs = [n, k, plan.Shape.Output.H * plan.Shape.Output.W];
        Binary.Broadcast(BinaryKind.Add, y, outputs, bias, [1, k, 1], y, outputs);
    }

    /// <summary>
    /// The gradient of the direct convolution's result, whose shape is <see cref="BandConvPlan.BeforeMaps"/>, in new
    /// memory.
    /// </summary>
    /// <param name="plan">The convolution, at stride 1.</param>
    /// <param name="dy">Gradient of the output, [N][K][OutH][OutW].</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static DeviceArray LowPass(BandConvPlan plan, DeviceArray dy, string operation)
    {
        var (down, across) = plan.OutputMaps;
        var d = new DeviceArray(dy.Device, dy.DType, plan.BeforeMaps.OutputCount, operation);
        PlaneMap.Apply(plan.Shape.N * plan.Shape.K, down, across, dy, d);
        return d;
    }
}
