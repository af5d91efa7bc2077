using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Means of windows of [N, C, L]; see <see cref="Ops.AvgPool1d"/>.</summary>
/// <param name="kernelSize">Length of a window.</param>
/// <param name="stride">From a window to the next; null takes the window's length.</param>
/// <param name="padding">Zeros on either side; at most half a window.</param>
/// <param name="countIncludePad">Whether the zeros count as elements.</param>
public sealed class AvgPool1d(
    int kernelSize, int? stride = null, int padding = 0, bool countIncludePad = true) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) =>
        Ops.AvgPool1d(x, kernelSize, stride, padding, countIncludePad);
}

/// <summary>Means of windows of [N, C, H, W]; see <see cref="Ops.AvgPool2d"/>.</summary>
/// <param name="kernelSize">Rows and columns of a window.</param>
/// <param name="stride">From a window to the next; null takes the window's size.</param>
/// <param name="padding">Rows and columns of zeros on either side; at most half a window.</param>
/// <param name="countIncludePad">Whether the zeros count as elements.</param>
public sealed class AvgPool2d(
    (int H, int W) kernelSize, (int H, int W)? stride = null, (int H, int W) padding = default,
    bool countIncludePad = true) : Module
{
    /// <summary>Square windows.</summary>
    /// <param name="kernelSize">Rows and columns of a window.</param>
    /// <param name="stride">From a window to the next; null takes the window's size.</param>
    /// <param name="padding">Rows and columns of zeros on either side.</param>
    /// <param name="countIncludePad">Whether the zeros count as elements.</param>
    public AvgPool2d(int kernelSize, int? stride = null, int padding = 0, bool countIncludePad = true)
        : this((kernelSize, kernelSize), stride is { } s ? (s, s) : null, (padding, padding), countIncludePad)
    {
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) =>
        Ops.AvgPool2d(x, kernelSize, stride, padding, countIncludePad);
}

/// <summary>Mean of each channel of [N, C, L] over time: [N, C, 1].</summary>
public sealed class AdaptiveAvgPool1d : Module
{
    /// <summary>Only an output of one element is offered.</summary>
    /// <param name="outputSize">1.</param>
    /// <exception cref="InvalidInputException">Another size is asked for.</exception>
    public AdaptiveAvgPool1d(int outputSize = 1) => Throw.Unless(outputSize == 1, nameof(AdaptiveAvgPool1d),
        $"output size {outputSize}", "1", "use AvgPool1d with a fixed window");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Throw.Unless(x.Rank == 3, nameof(AdaptiveAvgPool1d), $"a tensor {x.Shape}", "[N, C, L]",
            "reshape it");
        return Ops.GlobalAvgPool(x, keepAxes: true);
    }
}

/// <summary>Mean of each channel of [N, C, H, W] over all its positions: [N, C, 1, 1].</summary>
public sealed class AdaptiveAvgPool2d : Module
{
    /// <summary>Only an output of one element is offered.</summary>
    /// <param name="outputSize">1.</param>
    /// <exception cref="InvalidInputException">Another size is asked for.</exception>
    public AdaptiveAvgPool2d(int outputSize = 1) => Throw.Unless(outputSize == 1, nameof(AdaptiveAvgPool2d),
        $"output size {outputSize}", "1", "use AvgPool2d with a fixed window");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Throw.Unless(x.Rank == 4, nameof(AdaptiveAvgPool2d), $"a tensor {x.Shape}", "[N, C, H, W]",
            "reshape it");
        return Ops.GlobalAvgPool(x, keepAxes: true);
    }
}
