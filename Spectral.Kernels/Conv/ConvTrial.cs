namespace Spectral.Kernels;

/// <summary>
/// A band-limited convolution, forward and backward in any of its ways, of arrays made for the purpose: what
/// is measured to choose among them. Times do not depend on the values, which are zeros.
/// </summary>
internal sealed class ConvTrial(ComputeDevice device, BandConvPlan plan, DType type) : IDisposable
{
    private const string Operation = "trial";

    private readonly List<DeviceArray> _arrays = [];

    /// <summary>What the time depends on, in words.</summary>
    public override string ToString() => $"{plan}, {type}";

    public void Dispose() => _arrays.ForEach(a => a.Dispose());

    internal void Run(ConvMethod method)
    {
        if (_arrays.Count == 0)
            foreach (var length in new[] { plan.Shape.InputCount, plan.Shape.FilterCount, plan.Shape.OutputCount })
                for (var copy = 0; copy < 2; copy++)
                {
                    _arrays.Add(new DeviceArray(device, type, length, Operation));
                    _arrays[^1].Clear();
                }

        switch (method)
        {
            case ConvMethod.Direct:
                Direct();
                break;
            case ConvMethod.LowPass:
                LowPass();
                break;
            case ConvMethod.LowPassOutput:
                LowPassOutput();
                break;
            case ConvMethod.Absorbed:
                Spectral(plan.Absorbed());
                break;
            default:
                Spectral(plan);
                break;
        }
    }

    private void Direct()
    {
        DirectConv.Forward(plan.Shape, _arrays[0], _arrays[2], null, _arrays[4]);
        DirectConv.InputGradient(plan.Shape, _arrays[5], _arrays[2], _arrays[1]);
        DirectConv.FilterGradient(plan.Shape, _arrays[0], _arrays[5], _arrays[3]);
    }

    private void LowPass()
    {
        using var x = new DeviceArray(device, type, plan.AfterMaps.InputCount, Operation);
        LowPassedConv.Forward(plan, _arrays[0], x, _arrays[2], null, _arrays[4]);
        LowPassedConv.InputGradient(plan, _arrays[5], _arrays[2], _arrays[1]);

        // Again, as for the gradient of the filters, unless it is kept.
        if (!LowPassedConv.IsKept(plan))
            LowPassedConv.LowPass(plan, _arrays[0], x);
        DirectConv.FilterGradient(plan.AfterMaps, x, _arrays[5], _arrays[3]);
    }

    private void LowPassOutput()
    {
        ConvThenLowPass.Forward(plan, _arrays[0], _arrays[2], null, _arrays[4]);
        using var d = ConvThenLowPass.LowPass(plan, _arrays[5], Operation);
        DirectConv.InputGradient(plan.BeforeMaps, d, _arrays[2], _arrays[1]);
        DirectConv.FilterGradient(plan.BeforeMaps, _arrays[0], d, _arrays[3]);
    }

    private void Spectral(BandConvPlan way)
    {
        using var x = BandConv.Transform(way.Input, _arrays[0], Operation);
        using var filters = BandConv.Filters(way, _arrays[2], Operation);
        BandConv.Forward(way, x, filters, null, _arrays[4]);
        using var d = BandConv.Transform(way.Output, _arrays[5], Operation);
        BandConv.FilterGradient(way, x, d, _arrays[3]);
        using var gradient = BandConv.InputGradient(
            way, d, BandConv.ReusesFilters(device, way) ? filters : _arrays[2], Operation);
        PlaneTransform.Inverse(way.Input, gradient, _arrays[1]);
    }
}
