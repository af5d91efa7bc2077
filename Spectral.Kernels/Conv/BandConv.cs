namespace Spectral.Kernels;

/// <summary>
/// Band-limited cross-correlation of series, forward and backward, in the truncated frequency domain:
/// <c>Y = X ∘ conj(W)</c>, <c>dX = D ∘ W</c>, <c>dW = X ∘ conj(D)</c>, summed over the channel that the
/// result lacks. No step ever holds a discarded coefficient. Spectra are planar and frequency-major,
/// <c>[kept][2][rows]</c>, so that the first bins of a spectrum are its beginning.
/// </summary>
public static class BandConv
{
    /// <summary>Elements of a spectrum of so many rows.</summary>
    public static long SpectrumLength(in BandTransformPlan plan) => 2L * plan.Kept * plan.Rows;

    /// <summary>Spectrum of the rows that a transform describes, in new memory.</summary>
    /// <param name="plan">Rows, their place on the circle, and the bins wanted.</param>
    /// <param name="rows">Row-major [rows][length].</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    public static DeviceArray Transform(in BandTransformPlan plan, DeviceArray rows, string operation)
    {
        var spectrum = new DeviceArray(rows.Device, rows.DType, SpectrumLength(plan), operation);
        BandTransform.Forward(plan, rows, spectrum);
        return spectrum;
    }

    /// <summary>y = irfft(Σ_c X ∘ conj(W)) + bias.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="x">Input spectrum [kept][2][N·C].</param>
    /// <param name="w">Filter spectrum [kept][2][K·C].</param>
    /// <param name="bias">K values, or null.</param>
    /// <param name="y">Result [N][K][O].</param>
    public static void Forward(
        in BandConvPlan plan, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        var output = plan.Output;
        using var spectrum = Scratch(x, output);
        ComplexGemm.Forward(plan.Products, x, w, spectrum.Array);
        BandTransform.Inverse(output, spectrum.Array, y, bias);
    }

    /// <summary>dx = irfft(Σ_k D ∘ W), cropped to the input.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="d">Spectrum of the output gradient [kept][2][N·K].</param>
    /// <param name="w">Filter spectrum [kept][2][K·C].</param>
    /// <param name="dx">Result [N][C][L].</param>
    public static void InputGradient(in BandConvPlan plan, DeviceArray d, DeviceArray w, DeviceArray dx)
    {
        var input = plan.Input;
        using var spectrum = Scratch(d, input);
        ComplexGemm.InputGradient(plan.Products, d, w, spectrum.Array);
        BandTransform.Inverse(input, spectrum.Array, dx);
    }

    /// <summary>dw = irfft(Σ_n X ∘ conj(D)), only at the filter's own points.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="x">Input spectrum [kept][2][N·C].</param>
    /// <param name="d">Spectrum of the output gradient [kept][2][N·K].</param>
    /// <param name="dw">Result [K][C][R].</param>
    public static void FilterGradient(in BandConvPlan plan, DeviceArray x, DeviceArray d, DeviceArray dw)
    {
        var filter = plan.Filter;
        using var spectrum = Scratch(d, filter);
        ComplexGemm.FilterGradient(plan.Products, x, d, spectrum.Array);
        BandTransform.Inverse(filter, spectrum.Array, dw);
    }

    private static Workspace Scratch(DeviceArray like, in BandTransformPlan plan) =>
        new(like.Device, like.DType, SpectrumLength(plan), "bandLimitedConv1d");
}
