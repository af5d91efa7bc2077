using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// LeNet-5 (LeCun et al. 1998) with band-limited convolutions, as it is built today: ReLU and max-pooling in
/// place of tanh and trained means, every filter reads all channels, a linear layer at the end. Two 5×5
/// convolutions, three linear layers. Images smaller than 32×32 get two zeros on every side, so that 28×28 and
/// 32×32 lead to the same sizes. Keys: conv1, conv2, fc1, fc2, fc3. Input [N, C, H, W], output logits
/// [N, classes].
/// </summary>
public sealed class LeNet : Module
{
    private const int Kernel = 5, FullSize = 32;

    private readonly BandLimitedConv2d _conv1, _conv2;
    private readonly Linear _fc1, _fc2, _fc3;
    private readonly (int H, int W) _size;

    /// <summary>Makes the network and draws its initial weights, as PyTorch's layers do.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="size">Rows and columns of the images; null for 32×32.</param>
    /// <param name="filters">Filters of the two convolutions; null for 6 and 16.</param>
    /// <param name="hidden">Outputs of the first two linear layers; null for 120 and 84.</param>
    /// <param name="options">Channels, band, precision, device; null for the defaults.</param>
    /// <exception cref="InvalidInputException">The images are too small.</exception>
    public LeNet(
        int classes = 10, (int H, int W)? size = null, (int, int)? filters = null, (int, int)? hidden = null,
        ConvNetOptions? options = null)
    {
        options ??= new ConvNetOptions();
        _size = size ?? (FullSize, FullSize);
        var padding = Math.Min(_size.H, _size.W) < FullSize ? 2 : 0;
        var (rows, columns) = (Side(_size.H, padding), Side(_size.W, padding));
        Throw.Unless(rows > 0 && columns > 0, nameof(LeNet), $"images of {_size.H}×{_size.W}",
            "12×12 or more", "enlarge the images");
        var (first, second) = filters ?? (6, 16);
        var (wide, narrow) = hidden ?? (120, 84);
        var layers = new ConvNetLayers(options);
        _conv1 = RegisterModule("conv1", Conv(options, options.InChannels, first, padding));
        _conv2 = RegisterModule("conv2", Conv(options, first, second, 0));
        _fc1 = RegisterModule("fc1", layers.Linear(second * rows * columns, wide));
        _fc2 = RegisterModule("fc2", layers.Linear(wide, narrow));
        _fc3 = RegisterModule("fc3", layers.Linear(narrow, classes));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Throw.Unless(x.Rank == 4 && (x.Shape[2], x.Shape[3]) == _size, nameof(LeNet), $"an input {x.Shape}",
            $"[batch, channels, {_size.H}, {_size.W}]", "build the network for the size of the images");
        using var first = Stage(x, _conv1);
        using var second = Stage(first, _conv2);
        using var flat = second.Flatten();
        using var wide = Layer(flat, _fc1);
        using var narrow = Layer(wide, _fc2);
        return _fc3.Forward(narrow);
    }

    private static int Side(int side, int padding) => (((side + (2 * padding) - Kernel + 1) / 2) - Kernel + 1) / 2;

    private static BandLimitedConv2d Conv(ConvNetOptions options, int inChannels, int filters, int padding) => new(
        inChannels, filters, Kernel, padding: padding, band: options.Band, fftSize: options.FftSize,
        dtype: options.DType, device: options.Device, generator: options.Generator);

    private static Tensor Stage(Tensor x, Module conv)
    {
        using var filtered = conv.Forward(x);
        using var active = Ops.Relu(filtered);
        return Ops.MaxPool2d(active, (2, 2));
    }

    private static Tensor Layer(Tensor x, Linear linear)
    {
        using var y = linear.Forward(x);
        return Ops.Relu(y);
    }
}
