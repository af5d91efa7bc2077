using System.Text.Json.Nodes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>Matrix products: the complex ones of every frequency, in three forms, and real ones.</summary>
internal static class ProductBlocks
{
    internal const string Complex = "Complex products of every frequency";
    internal const string Real = "Real matrix products";

    private static readonly (int F, int N, int C, int K)[] Shapes =
        [(200, 128, 64, 64), (200, 16, 64, 64), (76, 16, 128, 256)];

    internal static IEnumerable<Contest> Contests(SuiteContext context)
    {
        foreach (var (f, n, c, k) in context.Quick ? Shapes[2..] : Shapes)
            foreach (var form in Enum.GetValues<ComplexGemmForm>())
                yield return OfSpectra(context, new ComplexGemmShape(form, f, n, c, k));
        foreach (var side in context.Quick ? [256] : (int[])[256, 512, 1024])
            yield return OfMatrices(context, side);
    }

    /// <summary>One of the three products of a band-limited convolution.</summary>
    internal static Contest OfSpectra(SuiteContext context, ComplexGemmShape shape)
    {
        var pass = shape.Form switch
        {
            ComplexGemmForm.Forward => "forward",
            ComplexGemmForm.InputGradient => "input gradient",
            _ => "filter gradient",
        };
        var contest = new Contest(Complex, $"{shape.Frequencies}×{shape.N}×{shape.C} → {shape.K}", pass);
        var operands = new SharedOperands<SpectraOperands>(() => new SpectraOperands(context.Device, shape));
        contest.Shared.Add(operands);
        contest.Add(
            "planar",
            () => context.Ours(() => operands.Value.Run(), () => operands.Value.Error()),
            new Work(
                sizeof(float) * (shape.InputLength + shape.FilterLength + (double)shape.OutputLength),
                shape.Flops));
        var (m, p, l) = OpenBlasSpectra.SizeOf(shape);
        if (!context.IsGpu)
            contest.Pair(
                "planar",
                new RivalEntry(
                    RivalSet.OpenBlas, "OpenBLAS, four sgemm a frequency", () => OpenBlasSpectra.Of(shape)),
                Targets.Gemm(false));
        contest.Pair(
            "planar", Torch(context, shape.Frequencies, m, p, l, complex: true), TargetOfTorch(context));
        return contest;
    }

    /// <summary>A square product.</summary>
    internal static Contest OfMatrices(SuiteContext context, int side)
    {
        var contest = new Contest(Real, $"{side}×{side}×{side}", "forward");
        var operands = new SharedOperands<MatrixOperands>(() => new MatrixOperands(context.Device, side));
        contest.Shared.Add(operands);
        contest.Add(
            "float",
            () => context.Ours(() => operands.Value.Run(), () => operands.Value.Error()),
            new Work(3.0 * sizeof(float) * side * side, 2.0 * side * side * side));
        if (!context.IsGpu)
            contest.Pair(
                "float",
                new RivalEntry(RivalSet.OpenBlas, "OpenBLAS sgemm", () => OpenBlasSpectra.Square(side)),
                Targets.Gemm(false));
        contest.Pair("float", Torch(context, 1, side, side, side, complex: false), TargetOfTorch(context));
        return contest;
    }

    private static Target? TargetOfTorch(SuiteContext context) => context.IsGpu ? Targets.Gemm(true) : null;

    private static RivalEntry Torch(SuiteContext context, int batch, int m, int p, int l, bool complex)
    {
        var request = new JsonObject
        {
            ["kind"] = "gemm",
            ["batch"] = batch,
            ["m"] = m,
            ["p"] = p,
            ["l"] = l,
            ["complex"] = complex,
        };
        return new RivalEntry(
            RivalSet.Torch, context.IsGpu ? "cuBLAS by torch.bmm" : "torch.bmm",
            () => new TorchContender(context.Rivals.TorchProcess!, request));
    }
}
