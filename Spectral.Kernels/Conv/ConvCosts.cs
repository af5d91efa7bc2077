namespace Spectral.Kernels;

/// <summary>What the ways of a band-limited convolution are expected to take on a kind of device.</summary>
internal abstract class ConvCosts
{
    /// <summary>Nanoseconds of a forward and a backward pass.</summary>
    internal double Cost(BandConvPlan plan, ConvMethod method) => method switch
    {
        ConvMethod.Direct => OfDirect(plan.Shape),
        ConvMethod.Spectral => OfSpectra(plan),
        ConvMethod.Absorbed => OfSpectra(plan.Absorbed()),

        // Forward, and the gradient of the result.
        ConvMethod.LowPassOutput => (2 * OfMaps(plan.Shape.N * plan.Shape.K, plan.OutputMaps))
            + OfDirect(plan.BeforeMaps),

        _ => OfLowPass(plan),
    };

    /// <summary>A direct convolution, both passes.</summary>
    protected abstract double OfDirect(ConvShape shape);

    /// <summary>
    /// A low-pass and a direct convolution: the former forward, again for the gradient of the filters where its result is
    /// not kept, and back.
    /// </summary>
    protected virtual double OfLowPass(BandConvPlan plan) =>
        ((LowPassedConv.IsKept(plan) ? 2 : 3) * OfMaps(plan.Shape.N * plan.Shape.C, plan.Maps))
        + OfDirect(plan.AfterMaps);

    /// <summary>Low-passes of planes along both axes, once.</summary>
    protected abstract double OfMaps(int planes, (AxisMap H, AxisMap W) maps);

    /// <summary>Transforms and products of spectra, both passes.</summary>
    protected abstract double OfSpectra(BandConvPlan plan);
}
