using System.Globalization;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Residual networks (He et al. 2016) with band-limited convolutions; keys are torchvision's. Input
/// [N, C, H, W], output logits [N, classes]. <see cref="ModelLayout.ImageNet"/> is torchvision's network.
/// <see cref="ModelLayout.Cifar"/>, the band-limited original's, differs in its stem: 3×3 with stride 1 in place
/// of 7×7 with stride 2. Unlike most CIFAR versions it keeps the max-pool behind it, so that on 32×32 the stages
/// run at sides 16, 8, 4 and 2. In both, 1×1 convolutions (down-sampling, bottlenecks) stay direct unless
/// <see cref="ConvNetOptions.BandLimitPointwise"/> is set.
/// </summary>
public sealed class ResNet : Module
{
    private static readonly int[] StandardWidths = [64, 128, 256, 512];

    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Sequential[] _stages;
    private readonly Linear _fc;

    /// <summary>Makes the network and draws its initial weights: normal, scaled by fan-out.</summary>
    /// <param name="blocks">Blocks of each stage.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="block">Which blocks.</param>
    /// <param name="layout">For which size of images.</param>
    /// <param name="widths">Channels of each stage, the first also those of the stem; null for 64 … 512.</param>
    /// <param name="options">Band, precision, device; null for the defaults.</param>
    /// <exception cref="InvalidInputException">Not as many blocks as widths, or a stage without blocks.</exception>
    public ResNet(
        IReadOnlyList<int> blocks, int classes, ResNetBlock block = ResNetBlock.Basic,
        ModelLayout layout = ModelLayout.Cifar, IReadOnlyList<int>? widths = null,
        ConvNetOptions? options = null)
    {
        options ??= new ConvNetOptions();
        widths ??= StandardWidths;
        Throw.Unless(blocks.Count == widths.Count && blocks.All(b => b >= 1), nameof(ResNet),
            $"blocks [{string.Join(", ", blocks)}] for {widths.Count} widths",
            "as many numbers of 1 or more as there are widths", "give blocks and a width for each stage");
        var layers = new ConvNetLayers(options, pointwise: false);
        _conv1 = RegisterModule("conv1", layout == ModelLayout.Cifar
            ? layers.Conv(options.InChannels, widths[0], 3, padding: 1)
            : layers.Conv(options.InChannels, widths[0], 7, stride: 2, padding: 3));
        _bn1 = RegisterModule("bn1", layers.Norm(widths[0]));
        _stages = new Sequential[blocks.Count];
        var channels = widths[0];
        for (var i = 0; i < _stages.Length; i++)
            _stages[i] = RegisterModule(
                string.Create(CultureInfo.InvariantCulture, $"layer{i + 1}"),
                Stage(layers, block, blocks[i], ref channels, widths[i], stride: i == 0 ? 1 : 2));
        _fc = RegisterModule("fc", layers.Linear(channels, classes));
    }

    /// <summary>ResNet-18: two basic blocks a stage.</summary>
    public static ResNet ResNet18(
        int classes = 10, ModelLayout layout = ModelLayout.Cifar, ConvNetOptions? options = null) =>
        new([2, 2, 2, 2], classes, ResNetBlock.Basic, layout, options: options);

    /// <summary>ResNet-34: 3, 4, 6 and 3 basic blocks.</summary>
    public static ResNet ResNet34(
        int classes = 10, ModelLayout layout = ModelLayout.Cifar, ConvNetOptions? options = null) =>
        new([3, 4, 6, 3], classes, ResNetBlock.Basic, layout, options: options);

    /// <summary>ResNet-50: 3, 4, 6 and 3 bottleneck blocks.</summary>
    public static ResNet ResNet50(
        int classes = 10, ModelLayout layout = ModelLayout.Cifar, ConvNetOptions? options = null) =>
        new([3, 4, 6, 3], classes, ResNetBlock.Bottleneck, layout, options: options);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ConvNetLayers.CheckImages(nameof(ResNet), x);
        Tensor current;
        using (var stem = ConvNetLayers.ConvNormRelu(x, _conv1, _bn1))
            current = Ops.MaxPool2d(stem, (3, 3), (2, 2), (1, 1));
        foreach (var stage in _stages)
        {
            var next = stage.Forward(current);
            current.Dispose();
            current = next;
        }

        using (current)
        using (var means = Ops.GlobalAvgPool(current))
            return _fc.Forward(means);
    }

    private static Sequential Stage(
        ConvNetLayers layers, ResNetBlock block, int count, ref int channels, int width, int stride)
    {
        var stage = new Module[count];
        for (var j = 0; j < count; j++)
        {
            var first = j == 0 ? stride : 1;
            stage[j] = block == ResNetBlock.Basic
                ? new BasicBlock(layers, channels, width, first)
                : new Bottleneck(layers, channels, width, first);
            channels = block == ResNetBlock.Basic ? width : width * Bottleneck.Expansion;
        }

        return new Sequential(stage);
    }
}
