using Spectral.Autograd;

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
