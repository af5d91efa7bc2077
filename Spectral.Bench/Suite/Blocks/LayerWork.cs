using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// The least that a layer must do: read its operands and write its results once, and the operations of the
/// cheapest of the equivalent ways of computing it. A backward pass doubles the products of the forward
/// pass and adds as many transforms.
/// </summary>
internal static class LayerWork
{
    internal static Work Of(BandConvPlan plan, bool both)
    {
        var shape = plan.Shape;
        var values = (double)shape.InputCount + shape.FilterCount + shape.OutputCount;
        var flops = ConvPlanner.Legal(plan).Min(method => Flops(plan, method, both));
        return new Work((both ? 2 : 1) * sizeof(float) * values, flops);
    }

    private static double Flops(BandConvPlan plan, ConvMethod method, bool both)
    {
        var (products, transforms) = both ? (3, 2) : (1, 1);
        var run = method == ConvMethod.Absorbed ? plan.Absorbed() : plan;
        return method switch
        {
            ConvMethod.Direct => products * plan.Shape.Flops,
            ConvMethod.LowPass => (products * plan.AfterMaps.Flops) + (transforms * plan.FlopsOfMaps),
            _ => (products * run.Products.Flops)
                + (transforms * (run.Input.Flops + run.Filter.Flops + run.Output.Flops)),
        };
    }
}
