using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// VGG networks with batch norm (Simonyan and Zisserman 2015) and band-limited convolutions; keys are
/// torchvision's. Input [N, C, H, W] with sides of at least 32, output logits [N, classes].
/// <see cref="ModelLayout.ImageNet"/> is torchvision's network: pooling to 7×7 and three linear layers with
/// dropout. <see cref="ModelLayout.Cifar"/> ends as usual for small images: the mean over all positions and one
/// linear layer, <c>classifier.0</c>.
/// </summary>
public sealed class Vgg : Module
{
    // Stands for a max-pool in a plan of filters.
    private const int Pool = 0;

    private readonly Sequential _features, _classifier;
    private readonly (int H, int W) _pooled;

    /// <summary>Makes the network and draws its initial weights: normal, convolutions scaled by fan-out.</summary>
    /// <param name="plan">Filters of each 3×3 convolution; 0 stands for a 2×2 max-pool.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="layout">For which size of images.</param>
    /// <param name="hidden">Outputs of the first two linear layers of the ImageNet layout.</param>
    /// <param name="pooled">Rows and columns that the ImageNet layout pools to; null for 7×7.</param>
    /// <param name="dropout">Share that the ImageNet layout drops behind each of them in training.</param>
    /// <param name="options">Band, precision, device; null for the defaults.</param>
    /// <exception cref="InvalidInputException">The plan is empty or begins with a max-pool.</exception>
    public Vgg(
        IReadOnlyList<int> plan, int classes, ModelLayout layout = ModelLayout.Cifar, int hidden = 4096,
        (int H, int W)? pooled = null, double dropout = 0.5, ConvNetOptions? options = null)
    {
        Throw.Unless(plan.Count > 0 && plan[0] != Pool, nameof(Vgg), $"a plan [{string.Join(", ", plan)}]",
            "numbers of filters, then 0 for a max-pool", "begin with a convolution");
        options ??= new ConvNetOptions();
        var layers = new ConvNetLayers(options);
        var features = new List<Module>();
        var channels = options.InChannels;
        foreach (var filters in plan)
        {
            features.AddRange(filters == Pool
                ? [new MaxPool2d(2, 2)]
                : [layers.Conv(channels, filters, 3, padding: 1, bias: true), layers.Norm(filters), new Relu()]);
            channels = filters == Pool ? channels : filters;
        }

        _features = RegisterModule("features", new Sequential([.. features]));
        _pooled = layout == ModelLayout.Cifar ? (1, 1) : pooled ?? (7, 7);
        var inputs = channels * _pooled.H * _pooled.W;
        _classifier = RegisterModule("classifier", layout == ModelLayout.Cifar
            ? new Sequential(layers.Linear(inputs, classes))
            : new Sequential(
                layers.Linear(inputs, hidden), new Relu(), new Dropout(dropout),
                layers.Linear(hidden, hidden), new Relu(), new Dropout(dropout),
                layers.Linear(hidden, classes)));
        foreach (var linear in _classifier.Children.Values.OfType<Linear>())
        {
            Init.Normal(linear.Weight, 0, 0.01, options.Generator);
            Init.Constant(linear.Bias!, 0);
        }
    }

    /// <summary>VGG-11, plan A of the paper.</summary>
    public static Vgg Vgg11(
        int classes = 10, ModelLayout layout = ModelLayout.Cifar, ConvNetOptions? options = null) =>
        new(Plan(1, 1, 2), classes, layout, options: options);

    /// <summary>VGG-13, plan B of the paper.</summary>
    public static Vgg Vgg13(
        int classes = 10, ModelLayout layout = ModelLayout.Cifar, ConvNetOptions? options = null) =>
        new(Plan(2, 2, 2), classes, layout, options: options);

    /// <summary>VGG-16, plan D of the paper.</summary>
    public static Vgg Vgg16(
        int classes = 10, ModelLayout layout = ModelLayout.Cifar, ConvNetOptions? options = null) =>
        new(Plan(2, 2, 3), classes, layout, options: options);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ConvNetLayers.CheckImages(nameof(Vgg), x);
        using var features = _features.Forward(x);
        using var means = _pooled == (1, 1)
            ? Ops.GlobalAvgPool(features, keepAxes: true)
            : Ops.AdaptiveAvgPool2d(features, _pooled);
        using var flat = means.Flatten();
        return _classifier.Forward(flat);
    }

    // Convolutions of the first stage, of the second, and of each of the last three.
    private static int[] Plan(int first, int second, int last)
    {
        (int Count, int Filters)[] stages = [(first, 64), (second, 128), (last, 256), (last, 512), (last, 512)];
        return [.. stages.SelectMany(s => Enumerable.Repeat(s.Filters, s.Count).Append(Pool))];
    }
}
