using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Makes the layers of a network for images, all with the same options.</summary>
/// <param name="options">The options.</param>
/// <param name="pointwise">Whether 1×1 convolutions are band-limited where the options leave it open.</param>
/// <param name="fan">By which fan the weights of convolutions are scaled.</param>
internal sealed class ConvNetLayers(ConvNetOptions options, bool pointwise = true, FanMode fan = FanMode.Out)
{
    private readonly bool _pointwise = options.BandLimitPointwise ?? pointwise;

    /// <summary>A convolution, band-limited unless it is a 1×1 that stays direct.</summary>
    internal Conv2d Conv(
        int inChannels, int outChannels, int kernel, int stride = 1, int padding = 0, bool bias = false)
    {
        Conv2d conv;
        using (Init.Skip())
            conv = kernel == 1 && !_pointwise
                ? new Conv2d(
                    inChannels, outChannels, kernel, stride, padding, bias: bias, dtype: options.DType,
                    device: options.Device)
                : new BandLimitedConv2d(
                    inChannels, outChannels, kernel, stride, padding, bias: bias, band: options.Band,
                    fftSize: options.FftSize, dtype: options.DType, device: options.Device);
        Init.KaimingNormal(conv.Weight, 0, fan, Nonlinearity.Relu, options.Generator);
        if (conv.Bias is { } zero)
            Init.Constant(zero, 0);
        return conv;
    }

    internal BatchNorm2d Norm(int channels) =>
        new(channels, dtype: options.DType, device: options.Device);

    internal Linear Linear(int inputs, int outputs) => new(
        inputs, outputs, dtype: options.DType, device: options.Device, generator: options.Generator);

    /// <summary>
    /// ReLU of a normalised convolution, to which a short cut may be added; the convolution is given up.
    /// </summary>
    internal static Tensor ConvNormRelu(Tensor x, Module conv, BatchNorm2d norm, Tensor? residual = null)
    {
        using var y = conv.Forward(x);
        return norm.Forward(y, relu: true, residual);
    }

    internal static void CheckImages(string model, Tensor x) => Throw.Unless(
        x.Rank == 4, model, $"an input {x.Shape}", "[batch, channels, height, width]", "reshape the images");
}
