namespace Spectral.Kernels;

/// <summary>
/// Products of spectra with filters that are given by their samples: the spectra of the filters, by far the
/// largest where images are few, and those of their gradients are never in memory. For CPUs.
/// </summary>
internal static class FilterProducts
{
    /// <summary>With more samples a filter is transformed by itself.</summary>
    private const int MostTaps = 64;

    private static readonly CandidateList<BandConvPlan, bool> Candidates = new("filters",
        new("taps", (_, plan) => plan.Filter.PlaneLength <= MostTaps,
            (device, _) => device.Quirks.PrefersVectorLoops, true),
        new("spectra", (_, _) => true, (_, _) => true, false));

    /// <summary>Whether this is the better way.</summary>
    internal static bool AreChosen(ComputeDevice device, in BandConvPlan plan) =>
        Candidates.Choose(device, plan).Run;

    /// <summary>
    /// Filters [K][C][tap] as products read them, in new memory: [tap][C][K] for the forward pass,
    /// [tap][K][C] for the gradient of the input, and some slack, as panels are read whole.
    /// </summary>
    internal static DeviceArray Arrange(in BandConvPlan plan, DeviceArray w, bool forward, string operation)
    {
        var (k, c, taps) = (plan.Shape.K, plan.Shape.C, plan.Filter.PlaneLength);
        var arranged = new DeviceArray(w.Device, w.DType, w.Length + SpectrumPanelPlan.MostLanes, operation);
        if (forward)
            Layout.Copy(w, 0, [1, taps, taps * c], arranged, 0, [c * k, k, 1], [taps, c, k], operation);
        else
            Layout.Copy(w, 0, [1, taps], arranged, 0, [c * k, 1], [taps, c * k], operation);
        return arranged;
    }

    /// <summary>Y[f][n][k] = Σ_c X[f][n][c] · conj(W[f][k][c]).</summary>
    internal static void Forward(in BandConvPlan plan, DeviceArray x, DeviceArray arranged, DeviceArray y) =>
        Multiply(plan, ComplexGemmForm.Forward, x, arranged, y);

    /// <summary>dX[f][n][c] = Σ_k D[f][n][k] · W[f][k][c].</summary>
    internal static void InputGradient(
        in BandConvPlan plan, DeviceArray d, DeviceArray arranged, DeviceArray dx) =>
        Multiply(plan, ComplexGemmForm.InputGradient, d, arranged, dx);

    /// <summary>dw = irfft(Σ_n X · conj(D)), [K][C][tap].</summary>
    internal static void FilterGradient(in BandConvPlan plan, DeviceArray x, DeviceArray d, DeviceArray dw)
    {
        var g = ComplexGemmArguments.Of(plan.Products with { Form = ComplexGemmForm.FilterGradient });
        var taps = plan.Filter.PlaneLength;
        var panels = SpectrumPanelPlan.ForTaps(
            g.Rows, g.Columns, g.L, taps, dw.DType, dw.Device.Limits.Cores);
        var arguments = panels.Arguments(g) with { Taps = taps };
        SpectrumPanels.Launch(
            ComplexGemmForm.FilterGradient, true, panels, arguments, d, x, Matrix(plan, dw, true), dw);
    }

    private static void Multiply(
        in BandConvPlan plan, ComplexGemmForm form, DeviceArray a, DeviceArray arranged, DeviceArray c)
    {
        var g = ComplexGemmArguments.Of(plan.Products with { Form = form });
        var panels = SpectrumPanelPlan.For(
            g.Frequencies, g.Rows, g.Columns, g.L, c.DType, c.Device.Limits.Cores);
        var arguments = panels.Arguments(g) with
        {
            BL = g.Columns,
            BTap = g.L * g.Columns,
            Taps = plan.Filter.PlaneLength,
        };
        SpectrumPanels.Launch(form, true, panels, arguments, a, arranged, Matrix(plan, c, false), c);
    }

    private static DeviceArray Matrix(in BandConvPlan plan, DeviceArray like, bool isInverse) =>
        BandMatrixCache.Get(
            like.Device, new PlaneMatrix(plan.Filter.H, plan.Filter.W, isInverse), like.DType);
}
