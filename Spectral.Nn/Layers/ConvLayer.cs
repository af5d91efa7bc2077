using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// What the convolution layers have in common: each can compute directly or in a part of the spectrum, and can
/// be switched by <see cref="BandLimited"/> without a change of its parameters.
/// </summary>
public abstract class ConvLayer : Module
{
    private protected ConvLayer()
    {
    }

    /// <summary>How much of the spectrum is kept; null where the layer computes directly.</summary>
    internal BandLimit? Limit { get; private protected set; }

    internal virtual void LimitTo(Band band, FftSizePolicy fftSize)
    {
        Limit ??= new BandLimit();
        (Limit.Band, Limit.FftSize) = (band, fftSize);
    }

    internal void ComputeDirectly()
    {
        Limit?.PreparedFilters.Clear();
        Limit = null;
    }

    private protected string LimitText => Limit is { } limit ? $", {limit.Band}" : "";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Limit?.PreparedFilters.Clear();
        base.Dispose(disposing);
    }
}

/// <summary>The part of the spectrum in which a convolution layer computes.</summary>
internal sealed class BandLimit : IBandLimited
{
    public Band Band { get; set; } = Band.Full;

    public FftSizePolicy FftSize { get; set; }

    public ConvMethod? Method { get; set; }

    public BandConvPlan? LastPlan { get; internal set; }

    internal PreparedFilters PreparedFilters { get; } = new();
}
