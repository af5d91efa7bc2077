namespace Spectral.Kernels;

/// <summary>The numbers of stochastic gradient descent.</summary>
/// <param name="LearningRate">Step length.</param>
/// <param name="Momentum">Decay of the momentum buffer.</param>
/// <param name="Dampening">Share of the gradient withheld from the buffer.</param>
/// <param name="WeightDecay">Multiple of the parameter added to its gradient.</param>
/// <param name="Nesterov">Whether the step looks ahead.</param>
public readonly record struct SgdSettings(
    double LearningRate, double Momentum, double Dampening, double WeightDecay, bool Nesterov);

/// <summary>One array for <see cref="Update.Sgd"/>.</summary>
/// <param name="Parameter">Changed.</param>
/// <param name="Gradient">As long.</param>
/// <param name="Momentum">Momentum buffer, as long, changed; null without momentum.</param>
/// <param name="IsFirst">Whether the buffer holds nothing yet.</param>
/// <param name="Settings">The numbers.</param>
public readonly record struct SgdUpdate(
    DeviceArray Parameter, DeviceArray Gradient, DeviceArray? Momentum, bool IsFirst, SgdSettings Settings);

/// <summary>The numbers of Adam.</summary>
/// <param name="LearningRate">Step length.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">Weight decay.</param>
/// <param name="Decoupled">Decay shrinks the parameter itself (AdamW), not through the gradient (Adam).</param>
public readonly record struct AdamSettings(
    double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Decoupled);

/// <summary>One array for <see cref="Update.Adam"/>.</summary>
/// <param name="Parameter">Changed.</param>
/// <param name="Gradient">As long.</param>
/// <param name="First">First moment, as long, zero before the first step; changed.</param>
/// <param name="Second">Second moment, the same.</param>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Settings">The numbers.</param>
public readonly record struct AdamUpdate(
    DeviceArray Parameter, DeviceArray Gradient, DeviceArray First, DeviceArray Second, long Step,
    AdamSettings Settings);
