using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>The blocks of which a <see cref="ResNet"/> is made.</summary>
public enum ResNetBlock
{
    /// <summary>Two 3×3 convolutions.</summary>
    Basic,

    /// <summary>1×1 down, 3×3, 1×1 up to four times the width.</summary>
    Bottleneck,
}

/// <summary>A sum of a main path and a short cut, then ReLU.</summary>
internal abstract class ResidualBlock : Module
{
    private Sequential? _downsample;

    public override Tensor Forward(Tensor x)
    {
        using var shortcut = _downsample?.Forward(x);
        return Main(x, shortcut ?? x);
    }

    /// <summary>The main path; its last normalisation adds the short cut.</summary>
    protected abstract Tensor Main(Tensor x, Tensor shortcut);

    // The short cut is a convolution only where the shape changes.
    protected void AddShortcut(ConvNetLayers layers, int inChannels, int outChannels, int stride)
    {
        if (stride != 1 || inChannels != outChannels)
            _downsample = RegisterModule("downsample", new Sequential(
                layers.Conv(inChannels, outChannels, 1, stride), layers.Norm(outChannels)));
    }
}

internal sealed class BasicBlock : ResidualBlock
{
    private readonly Module _conv1, _conv2;
    private readonly BatchNorm2d _bn1, _bn2;

    internal BasicBlock(ConvNetLayers layers, int inChannels, int width, int stride)
    {
        _conv1 = RegisterModule("conv1", layers.Conv(inChannels, width, 3, stride, 1));
        _bn1 = RegisterModule("bn1", layers.Norm(width));
        _conv2 = RegisterModule("conv2", layers.Conv(width, width, 3, 1, 1));
        _bn2 = RegisterModule("bn2", layers.Norm(width));
        AddShortcut(layers, inChannels, width, stride);
    }

    protected override Tensor Main(Tensor x, Tensor shortcut)
    {
        using var middle = ConvNetLayers.ConvNormRelu(x, _conv1, _bn1);
        return ConvNetLayers.ConvNormRelu(middle, _conv2, _bn2, shortcut);
    }
}

internal sealed class Bottleneck : ResidualBlock
{
    internal const int Expansion = 4;

    private readonly Module _conv1, _conv2, _conv3;
    private readonly BatchNorm2d _bn1, _bn2, _bn3;

    // The stride is in the 3×3, as in torchvision, not in the first 1×1.
    internal Bottleneck(ConvNetLayers layers, int inChannels, int width, int stride)
    {
        _conv1 = RegisterModule("conv1", layers.Conv(inChannels, width, 1));
        _bn1 = RegisterModule("bn1", layers.Norm(width));
        _conv2 = RegisterModule("conv2", layers.Conv(width, width, 3, stride, 1));
        _bn2 = RegisterModule("bn2", layers.Norm(width));
        _conv3 = RegisterModule("conv3", layers.Conv(width, width * Expansion, 1));
        _bn3 = RegisterModule("bn3", layers.Norm(width * Expansion));
        AddShortcut(layers, inChannels, width * Expansion, stride);
    }

    protected override Tensor Main(Tensor x, Tensor shortcut)
    {
        using var narrow = ConvNetLayers.ConvNormRelu(x, _conv1, _bn1);
        using var middle = ConvNetLayers.ConvNormRelu(narrow, _conv2, _bn2);
        return ConvNetLayers.ConvNormRelu(middle, _conv3, _bn3, shortcut);
    }
}
