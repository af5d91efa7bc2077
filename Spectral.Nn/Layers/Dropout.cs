using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// In training sets each element to 0 with probability p and scales the others by 1 / (1 − p); in evaluation
/// hands its input through.
/// </summary>
public sealed class Dropout : Module
{
    private readonly double _p;
    private readonly Generator? _generator;

    /// <summary>A dropout of any shape.</summary>
    /// <param name="p">Probability of an element being dropped, from 0 to 1.</param>
    /// <param name="generator">Source of the masks; null takes <see cref="Generator.Default"/>.</param>
    /// <exception cref="InvalidInputException">The probability is out of range.</exception>
    public Dropout(double p = 0.5, Generator? generator = null)
    {
        Throw.Unless(p is >= 0 and <= 1, nameof(Dropout), $"probability {p}", "0 to 1",
            "give the share of elements to drop");
        (_p, _generator) = (p, generator);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) =>
        IsTraining && _p > 0 ? Ops.Dropout(x, _p, true, _generator) : x;
}
