using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>max(x, 0), any shape.</summary>
public sealed class Relu : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Relu(x);
}

/// <summary>x where it is positive, else <paramref name="negativeSlope"/> · x; any shape.</summary>
/// <param name="negativeSlope">Slope below zero.</param>
public sealed class LeakyRelu(double negativeSlope = 0.01) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.LeakyRelu(x, negativeSlope);
}

/// <summary>1 / (1 + e⁻ˣ), any shape.</summary>
public sealed class Sigmoid : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Sigmoid(x);
}

/// <summary>Hyperbolic tangent, any shape.</summary>
public sealed class Tanh : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Tanh(x);
}

/// <summary>x · Φ(x) with the normal distribution's Φ, exactly; any shape.</summary>
public sealed class Gelu : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Gelu(x);
}
