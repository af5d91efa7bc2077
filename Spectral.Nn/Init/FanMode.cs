namespace Spectral.Nn;

/// <summary>Which fan an initialisation is scaled by.</summary>
public enum FanMode
{
    /// <summary>Inputs of an output: values keep their size on the way forward.</summary>
    In,

    /// <summary>Outputs of an input: gradients keep their size on the way back.</summary>
    Out,
}

/// <summary>What follows a layer, for <see cref="Init.Gain"/>.</summary>
public enum Nonlinearity
{
    /// <summary>Nothing: gain 1.</summary>
    Linear,

    /// <summary>Sigmoid: gain 1.</summary>
    Sigmoid,

    /// <summary>Tanh: gain 5/3.</summary>
    Tanh,

    /// <summary>ReLU: gain √2.</summary>
    Relu,

    /// <summary>Leaky ReLU of slope a: gain √(2 / (1 + a²)).</summary>
    LeakyRelu,

    /// <summary>SELU: gain 3/4.</summary>
    Selu,
}
