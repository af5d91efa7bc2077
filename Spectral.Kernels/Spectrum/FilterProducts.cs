using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Products of spectra with filters that are given by their samples: the spectra of the filters, by far the
/// largest where images are few, and those of their gradients are never in memory. For CPUs.
/// </summary>
internal static class FilterProducts
{
    /// <summary>With more samples a filter is transformed by itself.</summary>
    private const int MostTaps = 64;

    /// <summary>
    /// With so many samples for each bin, or more, spectra in memory are read in less time (measured on two cores).
    /// </summary>
    private const int FewBins = 4;

    private static readonly CandidateList<BandConvPlan, bool> Candidates = new("filters",
        new("taps",
            (_, plan) => plan.Filter.PlaneLength <= MostTaps && plan.Shape.K >= SpectrumPanelPlan.TileRows,
            (device, plan) => device.Quirks.PrefersVectorLoops && FewBins * plan.Frequencies > plan.Filter.PlaneLength,
            true),
        new("spectra", (_, _) => true, (_, _) => true, false));

    /// <summary>Whether this is the better way.</summary>
    internal static bool AreChosen(ComputeDevice device, in BandConvPlan plan) =>
        Candidates.Choose(device, plan).Run;

    /// <summary>
    /// Filters [K][C][tap] as a product reads them, in new memory: panels of output channels for the forward
    /// pass, of input channels for the gradient of the input, [panel][l][tap][width].
    /// </summary>
    internal static DeviceArray Arrange(in BandConvPlan plan, DeviceArray w, bool forward, string operation)
    {
        var (k, c, taps) = (plan.Shape.K, plan.Shape.C, plan.Filter.PlaneLength);
        var (columns, l) = forward ? (k, c) : (c, k);
        var lanes = SpectrumPanelPlan.LanesOf(w.DType, columns);
        var length = (long)GemmPlan.Blocks(columns, lanes) * lanes * l * taps;
        var arranged = new DeviceArray(w.Device, w.DType, length, operation);
        RegisterLanes.Run(w.DType, lanes, new Arrangement(w, arranged, new PackColumnsArguments
        {
            Batch = 1,
            Columns = columns,
            Column = forward ? c * taps : taps,
            Outer = forward ? 1 : k,
            OuterStride = c * taps,
            Inner = forward ? c * taps : taps,
            InnerStride = 1,
        }));
        return arranged;
    }

    /// <summary>Y[f][n][k] = Σ_c X[f][n][c] · conj(W[f][k][c]).</summary>
    internal static void Forward(in BandConvPlan plan, DeviceArray x, DeviceArray arranged, DeviceArray y) =>
        SpectrumPanels.MultiplyTaps(
            plan.Products with { Form = ComplexGemmForm.Forward }, plan.Filter.PlaneLength, x, arranged,
            Matrix(plan, y, false), y);

    /// <summary>dX[f][n][c] = Σ_k D[f][n][k] · W[f][k][c].</summary>
    internal static void InputGradient(
        in BandConvPlan plan, DeviceArray d, DeviceArray arranged, DeviceArray dx) =>
        SpectrumPanels.MultiplyTaps(
            plan.Products with { Form = ComplexGemmForm.InputGradient }, plan.Filter.PlaneLength, d, arranged,
            Matrix(plan, dx, false), dx);

    /// <summary>dw = irfft(Σ_n X · conj(D)), [K][C][tap].</summary>
    internal static void FilterGradient(in BandConvPlan plan, DeviceArray x, DeviceArray d, DeviceArray dw)
    {
        var product = ComplexGemmArguments.Of(plan.Products with { Form = ComplexGemmForm.FilterGradient });
        var tapPlan = TapGradientPlan.For(product, plan.Filter.PlaneLength, dw.DType, dw.Device.Limits);
        RegisterLanes.Run(dw.DType, tapPlan.Lanes, new TapGradient(tapPlan, d, x, Matrix(plan, dw, true), dw));
    }

    private static DeviceArray Matrix(in BandConvPlan plan, DeviceArray like, bool isInverse) =>
        BandMatrixCache.Get(
            like.Device, new PlaneMatrix(plan.Filter.H, plan.Filter.W, isInverse), like.DType);

    private sealed record Arrangement(
        DeviceArray From, DeviceArray To, PackColumnsArguments Arguments) : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes> => PackColumns.Run<T, TLanes>(From, To, Arguments);
    }

    private sealed record TapGradient(
        TapGradientPlan Plan, DeviceArray A, DeviceArray B, DeviceArray Matrix, DeviceArray C) : ILaneTask
    {
        public void Run<T, TLanes>()
            where T : unmanaged, INumber<T>
            where TLanes : unmanaged, ILanes<T, TLanes>
        {
            var (device, g) = (C.Device, Plan.Arguments());
            using var scratch = new Workspace(device, C.DType, Plan.ScratchLength, "spectrum");
            device.Launch(
                TapGradientKernels.Sum<T, TLanes>, new LaunchShape(Plan.Workers, 1),
                A.View<T>(), B.View<T>(), Matrix.View<T>(), C.View<T>(), scratch.Array.View<T>(), g);
            if (Plan.Segments > 1)
                device.Launch(
                    TapGradientKernels.Join<T, TLanes>, device.Limits.Vectors(Plan.Blocks),
                    C.View<T>(), scratch.Array.View<T>(), g);
        }
    }
}
