namespace Spectral.Kernels;

/// <summary>
/// Band-limited cross-correlation of series and images, forward and backward, in the truncated frequency
/// domain: <c>Y = X ∘ conj(W)</c>, <c>dX = D ∘ W</c>, <c>dW = X ∘ conj(D)</c>, summed over the channel that
/// the result lacks. No step ever holds a discarded coefficient. Spectra are planar and frequency-major,
/// <c>[frequency][2][planes]</c>.
/// </summary>
public static class BandConv
{
    /// <summary>Spectrum of the planes that a transform describes, in new memory.</summary>
    /// <param name="plan">Planes, their place on the circles, and the bins wanted.</param>
    /// <param name="planes">[planes][height][width].</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    public static DeviceArray Transform(in PlaneTransformPlan plan, DeviceArray planes, string operation)
    {
        var spectrum = new DeviceArray(planes.Device, planes.DType, plan.SpectrumCount, operation);
        PlaneTransform.Forward(plan, planes, spectrum);
        return spectrum;
    }

    /// <summary>
    /// Filters as a forward pass wants them, in new memory: their spectrum [F][2][K·C], or, where that is
    /// made piece by piece, their samples in another order.
    /// </summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="w">[K][C][R][Q].</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    public static DeviceArray Filters(in BandConvPlan plan, DeviceArray w, string operation) =>
        FilterProducts.AreChosen(w.Device, plan)
            ? FilterProducts.Arrange(plan, w, forward: true, operation)
            : Transform(plan.Filter, w, operation);

    /// <summary>
    /// Whether <see cref="InputGradient"/> wants what <see cref="Filters"/> gave, and not the filters.
    /// </summary>
    /// <param name="device">Where it will run.</param>
    /// <param name="plan">The convolution.</param>
    public static bool ReusesFilters(ComputeDevice device, in BandConvPlan plan) =>
        !FilterProducts.AreChosen(device, plan);

    /// <summary>y = irfft(Σ_c X ∘ conj(W)) + bias.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="x">Input spectrum [F][2][N·C].</param>
    /// <param name="w">What <see cref="Filters"/> gave.</param>
    /// <param name="bias">K values, or null.</param>
    /// <param name="y">Result [N][K][OH][OW].</param>
    public static void Forward(
        in BandConvPlan plan, DeviceArray x, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        var output = plan.Output;
        using var spectrum = Scratch(x, output);
        if (FilterProducts.AreChosen(x.Device, plan))
            FilterProducts.Forward(plan, x, w, spectrum.Array);
        else
            ComplexGemm.Forward(plan.Products, x, w, spectrum.Array);
        PlaneTransform.Inverse(output, spectrum.Array, y, bias);
    }

    /// <summary>Σ_k D ∘ W, the spectrum of the input's gradient, in new memory.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="d">Spectrum of the output gradient [F][2][N·K].</param>
    /// <param name="w">The filters, or their spectrum: see <see cref="ReusesFilters"/>.</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    /// <returns>[F][2][N·C].</returns>
    public static DeviceArray InputGradient(
        in BandConvPlan plan, DeviceArray d, DeviceArray w, string operation)
    {
        var spectrum = new DeviceArray(d.Device, d.DType, plan.Input.SpectrumCount, operation);
        if (FilterProducts.AreChosen(d.Device, plan))
        {
            using var arranged = FilterProducts.Arrange(plan, w, forward: false, operation);
            FilterProducts.InputGradient(plan, d, arranged, spectrum);
        }
        else
        {
            ComplexGemm.InputGradient(plan.Products, d, w, spectrum);
        }

        return spectrum;
    }

    /// <summary>dw = irfft(Σ_n X ∘ conj(D)), only at the filter's own points.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="x">Input spectrum [F][2][N·C].</param>
    /// <param name="d">Spectrum of the output gradient [F][2][N·K].</param>
    /// <param name="dw">Result [K][C][R][Q].</param>
    public static void FilterGradient(in BandConvPlan plan, DeviceArray x, DeviceArray d, DeviceArray dw)
    {
        if (FilterProducts.AreChosen(d.Device, plan))
        {
            FilterProducts.FilterGradient(plan, x, d, dw);
            return;
        }

        var filter = plan.Filter;
        using var spectrum = Scratch(d, filter);
        ComplexGemm.FilterGradient(plan.Products, x, d, spectrum.Array);
        PlaneTransform.Inverse(filter, spectrum.Array, dw);
    }

    private static Workspace Scratch(DeviceArray like, in PlaneTransformPlan plan) =>
        new(like.Device, like.DType, plan.SpectrumCount, "band-limited convolution");
}
