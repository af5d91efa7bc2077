using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>Layers each of which reads the channels of all before it: [N, C, …] → [N, C + count · growth, …].</summary>
internal sealed class DenseBlock : Module
{
    private readonly DenseLayer[] _layers;

    internal DenseBlock(ConvNetLayers layers, int count, int channels, int growth) =>
        _layers =
        [
            .. Enumerable.Range(0, count).Select(i => RegisterModule(
                $"denselayer{i + 1}", new DenseLayer(layers, channels + (i * growth), growth))),
        ];

    public override Tensor Forward(Tensor x)
    {
        var current = x;
        foreach (var layer in _layers)
        {
            using var fresh = layer.Forward(current);
            var joined = Ops.Concat([current, fresh], 1);
            if (current != x)
                current.Dispose();
            current = joined;
        }

        return current;
    }
}

/// <summary>Norm, ReLU, 1×1 to a few channels, norm, ReLU, 3×3 to the new ones.</summary>
internal sealed class DenseLayer : Module
{
    private readonly BatchNorm2d _norm1, _norm2;
    private readonly Module _conv1, _conv2;

    internal DenseLayer(ConvNetLayers layers, int channels, int growth)
    {
        var narrow = DenseNet.BottleneckFactor * growth;
        _norm1 = RegisterModule("norm1", layers.Norm(channels));
        _conv1 = RegisterModule("conv1", layers.Conv(channels, narrow, 1));
        _norm2 = RegisterModule("norm2", layers.Norm(narrow));
        _conv2 = RegisterModule("conv2", layers.Conv(narrow, growth, 3, padding: 1));
    }

    public override Tensor Forward(Tensor x)
    {
        using var first = _norm1.Forward(x, relu: true);
        using var narrow = _conv1.Forward(first);
        using var second = _norm2.Forward(narrow, relu: true);
        return _conv2.Forward(second);
    }
}

/// <summary>Norm, ReLU, 1×1 to fewer channels, mean of 2×2.</summary>
internal sealed class DenseTransition : Module
{
    private readonly BatchNorm2d _norm;
    private readonly Module _conv;

    internal DenseTransition(ConvNetLayers layers, int channels, int kept)
    {
        _norm = RegisterModule("norm", layers.Norm(channels));
        _conv = RegisterModule("conv", layers.Conv(channels, kept, 1));
    }

    public override Tensor Forward(Tensor x)
    {
        using var active = _norm.Forward(x, relu: true);
        using var narrow = _conv.Forward(active);
        return Ops.AvgPool2d(narrow, (2, 2));
    }
}
