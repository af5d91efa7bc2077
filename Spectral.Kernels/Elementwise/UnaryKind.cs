namespace Spectral.Kernels;

/// <summary>Functions of one argument that <see cref="Unary"/> runs; p is their parameter.</summary>
public enum UnaryKind
{
    /// <summary>max(x, 0); NaN stays NaN.</summary>
    Relu,

    /// <summary>x where it is positive, p · x elsewhere.</summary>
    LeakyRelu,

    /// <summary>e to the x.</summary>
    Exp,

    /// <summary>Natural logarithm.</summary>
    Log,

    /// <summary>Square root.</summary>
    Sqrt,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e^−x).</summary>
    Sigmoid,

    /// <summary>x · Φ(x), Φ the normal distribution function (the exact form, not the tanh one).</summary>
    Gelu,

    /// <summary>x between 0 and 6, else the nearer of them.</summary>
    Relu6,

    /// <summary>x where it is positive, p · (e^x − 1) elsewhere.</summary>
    Elu,

    /// <summary>x / (1 + e^−x).</summary>
    Silu,

    /// <summary>log(1 + e^(p·x)) / p.</summary>
    Softplus,

    /// <summary>|x|.</summary>
    Abs,

    /// <summary>x².</summary>
    Square,

    /// <summary>x to the p, for an integer p: right for negative x.</summary>
    PowInteger,

    /// <summary>x to the p, for any p; NaN for negative x.</summary>
    PowReal,

    /// <summary>p · x.</summary>
    Scale,

    /// <summary>x + p.</summary>
    AddScalar,

    /// <summary>p / x.</summary>
    DivideInto,
}

/// <summary>What the derivative of a <see cref="UnaryKind"/> is computed from.</summary>
public enum UnaryNeeds
{
    /// <summary>The parameter alone.</summary>
    Nothing,

    /// <summary>The argument x.</summary>
    Argument,

    /// <summary>The result y.</summary>
    Result,
}

/// <summary>Facts about each <see cref="UnaryKind"/>.</summary>
public static class UnaryKinds
{
    /// <summary>Which operand <see cref="Unary.Gradient"/> reads; callers keep only that one.</summary>
    public static UnaryNeeds Needs(this UnaryKind kind) => kind switch
    {
        UnaryKind.Scale or UnaryKind.AddScalar => UnaryNeeds.Nothing,
        UnaryKind.Relu or UnaryKind.Exp or UnaryKind.Sqrt or UnaryKind.Tanh or UnaryKind.Sigmoid
            => UnaryNeeds.Result,
        _ => UnaryNeeds.Argument,
    };
}
