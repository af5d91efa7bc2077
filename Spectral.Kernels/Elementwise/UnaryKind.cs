namespace Spectral.Kernels;

/// <summary>Functions of one argument that <see cref="Unary"/> runs.</summary>
public enum UnaryKind
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>e to the x.</summary>
    Exp,
}
