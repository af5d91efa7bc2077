using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>e to the x over its sum along an axis.</summary>
/// <param name="dim">The axis; negative ones count from the last.</param>
public sealed class Softmax(int dim = -1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Softmax(x, dim);
}

/// <summary>Logarithm of <see cref="Softmax"/>, exact also where that is tiny.</summary>
/// <param name="dim">The axis; negative ones count from the last.</param>
public sealed class LogSoftmax(int dim = -1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.LogSoftmax(x, dim);
}
