namespace Spectral.Kernels;

/// <summary>One axis of a convolution: lengths, stride, padding, dilation; a value.</summary>
/// <param name="Length">Input length, at least 1.</param>
/// <param name="Kernel">Filter length R, at least 1.</param>
/// <param name="Stride">Distance of outputs, at least 1.</param>
/// <param name="PadBefore">Zeros before the input, 0 or more.</param>
/// <param name="PadAfter">Zeros after the input, 0 or more.</param>
/// <param name="Dilation">Distance of filter taps, at least 1.</param>
public readonly record struct ConvAxis(
    int Length, int Kernel, int Stride = 1, int PadBefore = 0, int PadAfter = 0, int Dilation = 1)
{
    /// <summary>Length that the dilated filter covers.</summary>
    public int Extent => ((Kernel - 1) * Dilation) + 1;

    /// <summary>Length of the input with its padding.</summary>
    public int Padded => Length + PadBefore + PadAfter;

    /// <summary>Output length at stride 1.</summary>
    public int DenseOutput => Padded - Extent + 1;

    /// <summary>Output length.</summary>
    public int Output => ((DenseOutput - 1) / Stride) + 1;

    /// <summary>Length of the padded input as far as outputs read it: a stride may leave some at its end.</summary>
    public int Read => ((Output - 1) * Stride) + Extent;

    /// <summary>Whether all numbers are in range and the filter fits into the padded input.</summary>
    public bool IsValid =>
        Length >= 1 && Kernel >= 1 && Stride >= 1 && Dilation >= 1 && PadBefore >= 0 && PadAfter >= 0
        && DenseOutput >= 1;

    /// <summary>Refuses what no convolution can be made of.</summary>
    /// <exception cref="InvalidInputException">A number is out of range, or the filter is longer than the input.</exception>
    public void Validate(string operation)
    {
        Throw.Unless(Kernel >= 1 && Stride >= 1 && Dilation >= 1 && PadBefore >= 0 && PadAfter >= 0, operation,
            $"kernel {Kernel}, stride {Stride}, padding {PadBefore}/{PadAfter}, dilation {Dilation}",
            "kernel, stride and dilation of at least 1, padding of at least 0", "correct the layer");
        Throw.Unless(Length >= 1 && DenseOutput >= 1, operation,
            $"an input of length {Length} with padding {PadBefore}/{PadAfter}",
            $"a padded length of at least {Extent}, what the filter covers",
            "use longer series, more padding or a shorter filter");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"length {Length}, filter {Kernel}, stride {Stride}, padding {PadBefore}/{PadAfter}, dilation {Dilation}";
}
