namespace Spectral.Kernels;

/// <summary>What <see cref="Update.Sgd"/> needs to know of a step.</summary>
/// <param name="LearningRate">Step length.</param>
/// <param name="Momentum">Decay of the momentum buffer.</param>
/// <param name="Dampening">Share of the gradient withheld from the buffer.</param>
/// <param name="WeightDecay">Multiple of the parameter added to its gradient.</param>
/// <param name="Nesterov">Whether the step looks ahead.</param>
public readonly record struct SgdSettings(
    double LearningRate, double Momentum, double Dampening, double WeightDecay, bool Nesterov);

/// <summary>What <see cref="Update.Adam"/> needs to know of a step.</summary>
/// <param name="LearningRate">Step length.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">Weight decay.</param>
/// <param name="Decoupled">Decay shrinks the parameter itself (AdamW), not through the gradient (Adam).</param>
public readonly record struct AdamSettings(
    double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Decoupled);
