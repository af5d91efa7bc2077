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

    // A low-pass of every plane goes by matrices, or there and back on its circles.
    private static double Flops(BandConvPlan plan, ConvMethod method, bool both)
    {
        var (products, transforms) = both ? (3, 2) : (1, 1);
        var run = method == ConvMethod.Absorbed ? plan.Absorbed() : plan;
        return method switch
        {
            ConvMethod.Direct => products * ConvOfSmallPlanes.Flops(plan.Shape),
            ConvMethod.LowPass => (products * ConvOfSmallPlanes.Flops(plan.AfterMaps))
                + (transforms * Math.Min(plan.FlopsOfMaps, 2 * Transform(plan.Input))),
            ConvMethod.LowPassOutput => (products * ConvOfSmallPlanes.Flops(plan.BeforeMaps))
                + (transforms * Math.Min(plan.FlopsOfOutputMaps, 2 * Transform(plan.Output))),
            _ => (products * run.Products.Flops)
                + (transforms * (Transform(run.Input) + Transform(run.Filter) + Transform(run.Output))),
        };
    }

    /// <summary>By matrices, or rows and then the kept columns by fast transforms, 5/2 · S · log₂S a real row.</summary>
    private static double Transform(PlaneTransformPlan plan)
    {
        if (!plan.HasFft)
            return plan.FoldedFlops;
        var rows = (double)plan.Planes * plan.H.Length * RealFft(plan.W.FftLength);
        var columns = plan.H.FftLength == 1 ? 0 : 2.0 * plan.Planes * plan.W.Kept * RealFft(plan.H.FftLength);
        return Math.Min(plan.FoldedFlops, rows + columns);
    }

    private static double RealFft(int length) => 2.5 * length * Math.Log2(length);
}
