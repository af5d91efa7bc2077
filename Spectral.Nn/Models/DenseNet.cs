using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Densely connected networks (Huang et al. 2017) with band-limited convolutions, 1×1 ones too unless
/// <see cref="ConvNetOptions.BandLimitPointwise"/> is false; keys are torchvision's. Input [N, C, H, W], output
/// logits [N, classes]. <see cref="ModelLayout.ImageNet"/> with growth 32 is torchvision's network.
/// <see cref="ModelLayout.Cifar"/>, the band-limited original's, starts with one 3×3 convolution of stride 1
/// alone (no norm, no pool) in place of the 7×7, and grows by 12.
/// </summary>
public sealed class DenseNet : Module
{
    // Each layer narrows its input to this many times the growth before its 3×3 convolution.
    internal const int BottleneckFactor = 4;

    private readonly Sequential _features;
    private readonly Linear _classifier;

    /// <summary>Makes the network and draws its initial weights: normal, scaled by fan-in.</summary>
    /// <param name="blocks">Layers of each dense block.</param>
    /// <param name="growth">Channels that each layer adds.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="layout">For which size of images.</param>
    /// <param name="stemFeatures">Channels of the stem; null for twice the growth.</param>
    /// <param name="reduction">Share of its channels that a transition keeps, above 0, at most 1.</param>
    /// <param name="options">Band, precision, device; null for the defaults.</param>
    /// <exception cref="InvalidInputException">A number is out of range.</exception>
    public DenseNet(
        IReadOnlyList<int> blocks, int growth, int classes, ModelLayout layout = ModelLayout.Cifar,
        int? stemFeatures = null, double reduction = 0.5, ConvNetOptions? options = null)
    {
        options ??= new ConvNetOptions();
        Throw.Unless(blocks.Count > 0 && growth > 0 && reduction is > 0 and <= 1, nameof(DenseNet),
            $"{blocks.Count} blocks, growth {growth}, reduction {reduction}",
            "1 block or more, a positive growth, a reduction above 0 and up to 1", "correct the network");
        var layers = new ConvNetLayers(options, pointwise: true, FanMode.In);
        var channels = stemFeatures ?? 2 * growth;
        var features = Stem(layers, options.InChannels, channels, layout);
        for (var i = 1; i <= blocks.Count; i++)
        {
            features.Add(($"denseblock{i}", new DenseBlock(layers, blocks[i - 1], channels, growth)));
            channels += blocks[i - 1] * growth;
            if (i == blocks.Count)
                break;
            var kept = (int)(channels * reduction);
            features.Add(($"transition{i}", new DenseTransition(layers, channels, kept)));
            channels = kept;
        }

        features.Add(("norm5", layers.Norm(channels)));
        _features = RegisterModule("features", new Sequential([.. features]));
        _classifier = RegisterModule("classifier", layers.Linear(channels, classes));
        Init.Constant(_classifier.Bias!, 0);
    }

    /// <summary>DenseNet-121: blocks of 6, 12, 24 and 16 layers.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="layout">For which size of images.</param>
    /// <param name="growth">Channels that each layer adds; null for 12, in the ImageNet layout 32.</param>
    /// <param name="options">Band, precision, device; null for the defaults.</param>
    public static DenseNet DenseNet121(
        int classes = 10, ModelLayout layout = ModelLayout.Cifar, int? growth = null,
        ConvNetOptions? options = null) =>
        new([6, 12, 24, 16], growth ?? (layout == ModelLayout.Cifar ? 12 : 32), classes, layout,
            options: options);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ConvNetLayers.CheckImages(nameof(DenseNet), x);
        using var features = _features.Forward(x);
        using var active = Ops.Relu(features);
        using var means = Ops.GlobalAvgPool(active);
        return _classifier.Forward(means);
    }

    private static List<(string, Module)> Stem(
        ConvNetLayers layers, int inChannels, int channels, ModelLayout layout) =>
        layout == ModelLayout.Cifar
            ? [("conv0", layers.Conv(inChannels, channels, 3, padding: 1))]
            :
            [
                ("conv0", layers.Conv(inChannels, channels, 7, stride: 2, padding: 3)),
                ("norm0", layers.Norm(channels)),
                ("relu0", new Relu()),
                ("pool0", new MaxPool2d(3, 2, 1)),
            ];
}
