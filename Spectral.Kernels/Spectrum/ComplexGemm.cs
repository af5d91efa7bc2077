using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The heart of a band-limited convolution: for each kept frequency a complex matrix product over
/// channels or images. Spectra are planar and frequency-major, [f][2][rows][columns]. Sums run in a
/// fixed order.
/// </summary>
public static class ComplexGemm
{
    private sealed record Call(ComplexGemmShape Shape, DeviceArray A, DeviceArray B, DeviceArray C);

    private static readonly CandidateList<ComplexGemmShape, Action<Call>> Candidates = new("spectrum",
        new("tile", TileIsLegal, (device, _) => !device.Quirks.PrefersVectorLoops, RunTile),
        new("panels", (_, _) => true, (_, _) => true,
            call => SpectrumPanels.Multiply(call.Shape, call.A, call.B, call.C)));

    /// <summary>Y[f][n][k] = Σ_c X[f][n][c] · conj(W[f][k][c]).</summary>
    /// <param name="shape">Sizes; its form is <see cref="ComplexGemmForm.Forward"/>.</param>
    /// <param name="x">Spectrum of the input, [F][2][N][C].</param>
    /// <param name="w">Spectrum of the filters, [F][2][K][C].</param>
    /// <param name="y">Overwritten: spectrum of the output, [F][2][N][K].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Lengths, types or the candidate do not fit.</exception>
    public static void Forward(
        ComplexGemmShape shape, DeviceArray x, DeviceArray w, DeviceArray y, string? candidate = null) =>
        Run(shape with { Form = ComplexGemmForm.Forward }, x, w, y, candidate);

    /// <summary>dX[f][n][c] = Σ_k D[f][n][k] · W[f][k][c].</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="d">Spectrum of the output's gradient, [F][2][N][K].</param>
    /// <param name="w">Spectrum of the filters, [F][2][K][C].</param>
    /// <param name="dx">Overwritten: spectrum of the input's gradient, [F][2][N][C].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Lengths, types or the candidate do not fit.</exception>
    public static void InputGradient(
        ComplexGemmShape shape, DeviceArray d, DeviceArray w, DeviceArray dx, string? candidate = null) =>
        Run(shape with { Form = ComplexGemmForm.InputGradient }, d, w, dx, candidate);

    /// <summary>dW[f][k][c] = Σ_n X[f][n][c] · conj(D[f][n][k]).</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Spectrum of the input, [F][2][N][C].</param>
    /// <param name="d">Spectrum of the output's gradient, [F][2][N][K].</param>
    /// <param name="dw">Overwritten: spectrum of the filters' gradient, [F][2][K][C].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Lengths, types or the candidate do not fit.</exception>
    public static void FilterGradient(
        ComplexGemmShape shape, DeviceArray x, DeviceArray d, DeviceArray dw, string? candidate = null) =>
        Run(shape with { Form = ComplexGemmForm.FilterGradient }, d, x, dw, candidate);

    /// <summary>Names of the candidates that can compute <paramref name="shape"/> on a device.</summary>
    public static IReadOnlyList<string> LegalCandidates(ComputeDevice device, ComplexGemmShape shape) =>
        Candidates.Legal(device, shape);

    private static void Run(
        ComplexGemmShape shape, DeviceArray a, DeviceArray b, DeviceArray c, string? candidate)
    {
        var (aLength, bLength, cLength) = shape.Form switch
        {
            ComplexGemmForm.Forward => (shape.InputLength, shape.FilterLength, shape.OutputLength),
            ComplexGemmForm.InputGradient => (shape.OutputLength, shape.FilterLength, shape.InputLength),
            _ => (shape.OutputLength, shape.InputLength, shape.FilterLength),
        };
        Throw.Unless(shape is { Frequencies: >= 1, N: >= 1, C: >= 1, K: >= 1 }, "spectrum", $"{shape}",
            "sizes of 1 and more", "check the shape");
        foreach (var (array, length) in new[] { (a, aLength), (b, bLength), (c, cLength) })
            Throw.Unless(
                array.Length == length && array.DType == c.DType && array.DType.IsReal()
                    && array.Device == c.Device,
                "spectrum", $"{array.Length} {array.DType} for {shape}", $"{length} {c.DType} on one device",
                "allocate [f][2][rows][columns] of one real type");
        var call = new Call(shape, a, b, c);
        var trials = Autotuner.IsOn ? new Trials<Action<Call>>($"{shape}, {c.DType}", run => () => run(call)) : null;
        Candidates.Choose(c.Device, shape, candidate, trials).Run(call);
    }

    private static bool TileIsLegal(ComputeDevice device, ComplexGemmShape shape) =>
        device.Quirks.RunsTiles && device.Limits.MaxGroupSize >= ComplexGemmTileKernels.Threads;

    private static void RunTile(Call call)
    {
        if (call.C.DType == DType.Float32)
            RunTile<float>(call);
        else
            RunTile<double>(call);
    }

    private static void RunTile<T>(Call call) where T : unmanaged, INumber<T>
    {
        var g = ComplexGemmArguments.Of(call.Shape);
        var tiles = (long)g.Frequencies * GemmPlan.Blocks(g.Rows, ComplexGemmTileKernels.Side)
            * GemmPlan.Blocks(g.Columns, ComplexGemmTileKernels.Side);
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments> kernel = call.Shape.Form switch
        {
            ComplexGemmForm.Forward => ComplexGemmTileKernels.Multiply<T, RightConjugate<T>>,
            ComplexGemmForm.InputGradient => ComplexGemmTileKernels.Multiply<T, PlainProduct<T>>,
            _ => ComplexGemmTileKernels.Multiply<T, LeftConjugate<T>>,
        };
        call.C.Device.Launch(
            kernel, new LaunchShape((int)Math.Min(tiles, 1 << 16), ComplexGemmTileKernels.Threads),
            call.A.View<T>(), call.B.View<T>(), call.C.View<T>(), g);
    }
}
