using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Convolution of images, [N, C, H, W] → [N, K, OH, OW], computed directly. Arguments, defaults,
/// initialisation and keys (<c>weight</c>, <c>bias</c>) are those of PyTorch's <c>Conv2d</c>.
/// </summary>
public class Conv2d : ConvLayer
{
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
    /// <param name="paddingAfter">Rows added below and columns right where not as many as before.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">Device; null takes <see cref="ComputeDevice.Default"/>.</param>
    /// <param name="generator">Source of the initial values; null takes <see cref="Generator.Default"/>.</param>
    /// <exception cref="InvalidInputException">A number is out of range.</exception>
    public Conv2d(
        int inChannels, int outChannels, Size2 kernelSize, Size2? stride = null, Size2 padding = default,
        Size2? dilation = null, int groups = 1, bool bias = true, PaddingMode paddingMode = PaddingMode.Zeros,
        Size2? paddingAfter = null, DType dtype = DType.Float32, ComputeDevice? device = null,
        Generator? generator = null)
    {
        Settings = new Conv2dSettings(stride ?? 1, padding, paddingAfter, dilation, groups, paddingMode);
        ConvArguments.Check(GetType().Name, inChannels, outChannels, kernelSize, Settings);
        Weight = RegisterParameter(
            "weight", new Parameter([outChannels, inChannels / groups, kernelSize.H, kernelSize.W], dtype, device));
        if (bias)
            Bias = RegisterParameter("bias", new Parameter([outChannels], dtype, device));
        Init.LayerDefault(Weight, Bias, generator);
    }

    /// <summary>Filters [K, C/groups, R, Q].</summary>
    public Parameter Weight { get; }

    /// <summary>[K], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>Stride, padding, dilation, groups.</summary>
    public Conv2dSettings Settings { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        if (Limit is not { } limit)
            return Ops.Conv2d(x, Weight, Bias, Settings);
        var y = Ops.BandLimitedConv2d(
            x, Weight, Bias, Settings, limit.Band, limit.FftSize, limit.Method, limit.PreparedFilters,
            out var plan);
        limit.LastPlan = plan;
        return y;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetType().Name}({Weight.Shape[1] * Settings.Groups}, {Weight.Shape[0]}, kernel " +
        $"{new Size2(Weight.Shape[2], Weight.Shape[3])}, stride {Settings.Stride}, padding {Settings.Padding}){LimitText}";
}
