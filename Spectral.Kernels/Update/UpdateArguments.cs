using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Scalars of one step of stochastic gradient descent.</summary>
internal struct SgdArguments<T> where T : unmanaged, INumber<T>
{
    public T LearningRate;
    public T Momentum;
    public T OneMinusDampening;
    public T WeightDecay;
    public int Nesterov;
    public int FirstStep;
}

/// <summary>Scalars of one step of Adam, with the bias corrections of that step.</summary>
internal struct AdamArguments<T> where T : unmanaged, INumber<T>
{
    public T Beta1;
    public T Beta2;
    public T OneMinusBeta1;
    public T OneMinusBeta2;

    /// <summary>lr / (1 − β₁ᵗ).</summary>
    public T StepSize;

    /// <summary>1 / √(1 − β₂ᵗ).</summary>
    public T RootCorrection;

    public T Epsilon;

    /// <summary>Added to the gradient (Adam); zero for AdamW.</summary>
    public T CoupledDecay;

    /// <summary>Factor of the parameter (AdamW): 1 − lr · decay; one for Adam.</summary>
    public T Shrink;
}
