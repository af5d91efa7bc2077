using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>Maxima of windows of [N, C, L]; see <see cref="Ops.MaxPool1d"/>.</summary>
/// <param name="kernelSize">Length of a window.</param>
/// <param name="stride">From a window to the next; null takes the window's length.</param>
/// <param name="padding">Elements on either side that no window chooses; at most half a window.</param>
public sealed class MaxPool1d(int kernelSize, int? stride = null, int padding = 0) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.MaxPool1d(x, kernelSize, stride, padding);
}

/// <summary>Maxima of windows of [N, C, H, W]; see <see cref="Ops.MaxPool2d"/>.</summary>
/// <param name="kernelSize">Rows and columns of a window.</param>
/// <param name="stride">From a window to the next; null takes the window's size.</param>
/// <param name="padding">Rows and columns on either side, never chosen; at most half a window.</param>
public sealed class MaxPool2d(
    (int H, int W) kernelSize, (int H, int W)? stride = null, (int H, int W) padding = default) : Module
{
    /// <summary>Square windows.</summary>
    /// <param name="kernelSize">Rows and columns of a window.</param>
    /// <param name="stride">From a window to the next; null takes the window's size.</param>
    /// <param name="padding">Rows and columns on either side.</param>
    public MaxPool2d(int kernelSize, int? stride = null, int padding = 0)
        : this((kernelSize, kernelSize), stride is { } s ? (s, s) : null, (padding, padding))
    {
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.MaxPool2d(x, kernelSize, stride, padding);
}
