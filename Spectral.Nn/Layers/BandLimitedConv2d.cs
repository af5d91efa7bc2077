using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// A drop-in for <see cref="Conv2d"/> (same arguments, initialisation and keys) that computes forward and
/// backward in the compressed frequency domain. With the full band it gives the same results to rounding;
/// with less it is exactly an ideal low-pass of them (Dziedzic et al., ICML 2019).
/// </summary>
public sealed class BandLimitedConv2d : Conv2d, IBandLimited
{
    // Kept while the layer computes directly, so that its band is not forgotten.
    private readonly BandLimit _limit = new();

    /// <summary>Makes the layer and draws its initial weights.</summary>
    /// <param name="inChannels">C, at least 1.</param>
    /// <param name="outChannels">K, at least 1.</param>
    /// <param name="kernelSize">R by Q, at least 1.</param>
    /// <param name="stride">Distance of outputs, at least 1.</param>
    /// <param name="padding">Rows and columns added on either side, 0 or more.</param>
    /// <param name="dilation">Distance of filter taps, at least 1; null is 1.</param>
    /// <param name="groups">Independent parts of the channels; divides C and K.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">Zeros, or the image continued periodically.</param>
    /// <param name="band">How much of the spectrum is kept; null keeps all.</param>
    /// <param name="fftSize">How FFT lengths are chosen.</param>
    /// <param name="paddingAfter">Rows added below and columns right where not as many as before.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">Device; null takes <see cref="ComputeDevice.Default"/>.</param>
    /// <param name="generator">Source of the initial values; null takes <see cref="Generator.Default"/>.</param>
    /// <exception cref="InvalidInputException">A number is out of range.</exception>
    public BandLimitedConv2d(
        int inChannels, int outChannels, Size2 kernelSize, Size2? stride = null, Size2 padding = default,
        Size2? dilation = null, int groups = 1, bool bias = true, PaddingMode paddingMode = PaddingMode.Zeros,
        Band? band = null, FftSizePolicy fftSize = FftSizePolicy.Minimal, Size2? paddingAfter = null,
        DType dtype = DType.Float32, ComputeDevice? device = null, Generator? generator = null)
        : base(
            inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode,
            paddingAfter, dtype, device, generator)
    {
        LimitTo(band ?? Band.Full, fftSize);
    }

    /// <inheritdoc/>
    public Band Band
    {
        get => _limit.Band;
        set => _limit.Band = value;
    }

    /// <inheritdoc/>
    public FftSizePolicy FftSize
    {
        get => _limit.FftSize;
        set => _limit.FftSize = value;
    }

    /// <inheritdoc/>
    public ConvMethod? Method
    {
        get => _limit.Method;
        set => _limit.Method = value;
    }

    /// <inheritdoc/>
    public BandConvPlan? LastPlan => _limit.LastPlan;

    internal override void LimitTo(Band band, FftSizePolicy fftSize)
    {
        Limit = _limit;
        base.LimitTo(band, fftSize);
    }
}
