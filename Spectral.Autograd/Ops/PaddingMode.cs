namespace Spectral.Autograd;

/// <summary>What a convolution sees beyond the border of its input.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The input again: it is taken as one period of a periodic signal or image.</summary>
    Circular,
}
