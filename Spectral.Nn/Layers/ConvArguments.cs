using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>What arguments a convolution layer takes.</summary>
internal static class ConvArguments
{
    internal static void Check(
        string layer, int inChannels, int outChannels, Size2 kernel, Conv2dSettings settings)
    {
        var (stride, dilation) = (settings.Stride, settings.Dilation ?? 1);
        Throw.Unless(inChannels >= 1 && outChannels >= 1 && kernel.Min >= 1, layer,
            $"{inChannels} channels, {outChannels} filters of {kernel}", "at least 1 of each",
            "correct the layer");
        Throw.Unless(
            stride.Min >= 1 && dilation.Min >= 1 && settings.Padding.Min >= 0 && settings.After.Min >= 0, layer,
            $"stride {stride}, padding {settings.Padding}, dilation {dilation}",
            "stride and dilation of at least 1, padding of at least 0", "correct the layer");
        Throw.Unless(
            settings.Groups >= 1 && inChannels % settings.Groups == 0 && outChannels % settings.Groups == 0,
            layer, $"{settings.Groups} groups of {inChannels} channels and {outChannels} filters",
            "a divisor of both numbers", "choose such a number");
    }
}
