using System.Numerics;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace Spectral.Kernels;

/// <summary>
/// The heart of a band-limited convolution: for each kept frequency a complex matrix product over
/// channels or images. Spectra are planar and frequency-major, [f][2][rows][columns]. Sums run in a
/// fixed order.
/// </summary>
public static class ComplexGemm
{
    private sealed record Call(ComplexGemmShape Shape, DeviceArray A, DeviceArray B, DeviceArray C);

    private readonly record struct Plan(ComplexGemmShape Shape, DType Type)
    {
        public override string ToString() => $"{Shape} in {Type}";
    }

    private static readonly CandidateList<Plan, Action<Call>> Candidates = new("spectrum",
        Tile<Tile64x64>(), Tile<Tile32x64>(), Tile<Tile32x32>(), Tile<Tile16x32>(), Tile<Tile16x16>(),
        new("tensor", TensorIsLegal, (_, _) => false, RunTensor) { OnlyWhenForced = true },
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
    public static IReadOnlyList<string> LegalCandidates(
        ComputeDevice device, ComplexGemmShape shape, DType type) =>
        Candidates.Legal(device, new Plan(shape, type));

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
        var plan = new Plan(shape, c.DType);
        var trials = Autotuner.IsOn ? new Trials<Action<Call>>($"{plan}", run => () => run(call)) : null;
        Candidates.Choose(c.Device, plan, candidate, trials).Run(call);
    }

    private static Candidate<Plan, Action<Call>> Tile<TTile>() where TTile : struct, ITile
    {
        var size = TileSize.Of<TTile>();
        return new(
            size.Name, (device, _) => size.IsLegal(device),
            (device, plan) =>
            {
                var g = ComplexGemmArguments.Of(plan.Shape);
                return size == TileSize.Cheapest(
                    device, g.Frequencies, g.Rows, g.Columns, g.L, complex: true);
            },
            RunTile<TTile>)
        { ForGpus = true };
    }

    /// <summary>
    /// Tensor cores, three products of halves for one of floats: never chosen by itself, because sums are
    /// then known to some 1e-6 where they were to some 1e-7.
    /// </summary>
    private static bool TensorIsLegal(ComputeDevice device, Plan plan) =>
        plan.Type == DType.Float32
        && device.Accelerator is CudaAccelerator cuda && cuda.Architecture >= CudaArchitecture.SM_80;

    private static void RunTensor(Call call)
    {
        var form = call.Shape.Form;
        var g = ComplexGemmArguments.Of(call.Shape);
        call.C.Device.Launch(
            ComplexGemmTensorKernels.Multiply,
            TileLaunch(g, TileSize.Of<Tile64x64>()) with { GroupSize = ComplexGemmTensorKernels.Threads },
            call.A.View<float>(), call.B.View<float>(), call.C.View<float>(), g,
            form == ComplexGemmForm.FilterGradient ? -1f : 1f, form == ComplexGemmForm.Forward ? -1f : 1f);
    }

    private static void RunTile<TTile>(Call call) where TTile : struct, ITile
    {
        if (call.C.DType == DType.Float32)
            RunTile<float, TTile>(call);
        else
            RunTile<double, TTile>(call);
    }

    private static void RunTile<T, TTile>(Call call)
        where T : unmanaged, INumber<T>
        where TTile : struct, ITile
    {
        var g = ComplexGemmArguments.Of(call.Shape);
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ComplexGemmArguments> kernel = call.Shape.Form switch
        {
            ComplexGemmForm.Forward => ComplexGemmTileKernels.Multiply<T, RightConjugate<T>, TTile>,
            ComplexGemmForm.InputGradient => ComplexGemmTileKernels.Multiply<T, PlainProduct<T>, TTile>,
            _ => ComplexGemmTileKernels.Multiply<T, LeftConjugate<T>, TTile>,
        };
        call.C.Device.Launch(
            kernel, TileLaunch(g, TileSize.Of<TTile>()), call.A.View<T>(), call.B.View<T>(), call.C.View<T>(), g);
    }

    /// <summary>A group for each tile of each frequency.</summary>
    private static LaunchShape TileLaunch(ComplexGemmArguments g, TileSize size) =>
        size.Launch(g.Frequencies, g.Rows, g.Columns);
}
