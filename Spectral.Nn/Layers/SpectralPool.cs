using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Spectral pooling of series, [N, C, L] → [N, C, O]; see <see cref="Ops.SpectralPool1d"/>.</summary>
/// <param name="outputSize">Length of the result, at least 1.</param>
public sealed class SpectralPool1d(int outputSize) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.SpectralPool1d(x, outputSize);
}

/// <summary>
/// Spectral pooling of images, [N, C, H, W] → [N, C, height, width]; see <see cref="Ops.SpectralPool2d"/>.
/// </summary>
/// <param name="outputSize">Height and width of the result, at least 1.</param>
public sealed class SpectralPool2d(Size2 outputSize) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.SpectralPool2d(x, outputSize);
}
