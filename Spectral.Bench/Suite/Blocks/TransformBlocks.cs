using System.Text.Json.Nodes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// Batched real transforms: whole ones of rows and planes, and truncated ones of rows. About a million
/// samples a call.
/// </summary>
internal static class TransformBlocks
{
    internal const string Whole = "Real transforms";
    internal const string Truncated = "Truncated real transforms";

    private static readonly int[] Lengths = [16, 34, 36, 64, 100, 256, 1024, 4096];
    private static readonly int[] Sides = [32, 36, 64];
    private static readonly (int Length, int Kept)[] Bands =
        [(34, 8), (34, 16), (64, 8), (64, 16), (100, 16), (256, 8), (256, 16)];

    internal static IEnumerable<Contest> Contests(SuiteContext context)
    {
        var samples = context.Quick ? 1 << 18 : 1 << 20;
        foreach (var n in context.Quick ? [36, 256] : Lengths)
            yield return Rows(context, n, samples / n);
        foreach (var side in context.Quick ? [36] : Sides)
            yield return Planes(context, side, samples / (side * side));
        foreach (var (n, kept) in context.Quick ? [(64, 16)] : Bands)
            yield return Cut(context, n, kept, samples / n);
    }

    /// <summary>Whole transforms of rows.</summary>
    internal static Contest Rows(SuiteContext context, int n, int batch)
    {
        var contest = new Contest(Whole, $"{batch} rows of {n}", "forward");
        var operands = Shared(contest, () => new FftOperands(context.Device, n, batch));
        contest.Add(
            "interleaved half spectra",
            () => context.Ours(() => operands.Value.Run(), () => operands.Value.Error()),
            WorkOf(batch, n, (n / 2) + 1, n));
        PairTransforms(context, contest, [n], batch, null, Targets.Fft(context.IsGpu));
        var mathNet = new RivalEntry(RivalSet.MathNet, "MathNet (managed, one thread)",
            () => LocalTransforms.MathNet(n, batch));
        contest.Pair("interleaved half spectra", mathNet, context.IsGpu ? null : Targets.MathNet);
        return contest;
    }

    /// <summary>Whole transforms of square planes, into our frequency-major layout.</summary>
    internal static Contest Planes(SuiteContext context, int side, int planes)
    {
        var axis = new AxisSamples(new BandAxis(side, FftSize.Half(side)), side, 0, 1);
        var plan = new PlaneTransformPlan(planes, axis, axis);
        var contest = new Contest(Whole, $"{planes} planes of {side}×{side}", "forward");
        var operands = Shared(contest, () => new PlaneOperands(context.Device, plan));
        contest.Add(
            "frequency-major, planar",
            () => context.Ours(() => operands.Value.Run(), () => operands.Value.Error()),
            WorkOf(planes, side * side, side * FftSize.Half(side), side * side));
        PairTransforms(context, contest, [side, side], planes, null, Targets.Fft(context.IsGpu));
        return contest;
    }

    /// <summary>The lowest bins of transforms of rows.</summary>
    internal static Contest Cut(SuiteContext context, int n, int kept, int batch)
    {
        var axis = new AxisSamples(new BandAxis(n, kept), n, 0, 1);
        var plan = new PlaneTransformPlan(
            batch, new AxisSamples(new BandAxis(1, 1), 1, 0, 1), axis);
        var contest = new Contest(Truncated, $"{batch} rows of {n}, {kept} bins", "forward");
        var operands = Shared(contest, () => new PlaneOperands(context.Device, plan));
        contest.Add(
            "frequency-major, planar",
            () => context.Ours(() => operands.Value.Run(), () => operands.Value.Error()),
            WorkOf(batch, n, kept, n));
        PairTransforms(context, contest, [n], batch, kept, Targets.FftAndSlice(context.IsGpu));
        return contest;
    }

    private static void PairTransforms(
        SuiteContext context, Contest contest, int[] size, int batch, int? kept, Target target)
    {
        var ours = contest.Ours[0].Name;
        var slice = kept is null ? "" : " and slice";
        var request = new JsonObject
        {
            ["kind"] = "fft",
            ["batch"] = batch,
            ["size"] = new JsonArray([.. size.Select(n => (JsonNode)n)]),
            ["kept"] = kept,
        };
        if (!context.IsGpu)
            contest.Pair(
                ours,
                new RivalEntry(RivalSet.Fftw, $"FFTW{slice} (one thread)",
                    () => LocalTransforms.Fftw(size, batch, kept)),
                target);
        contest.Pair(
            ours,
            new RivalEntry(RivalSet.Torch, $"{(context.IsGpu ? "cuFFT by torch.fft" : "torch.fft")}{slice}",
                () => new TorchContender(context.Rivals.TorchProcess!, request)),
            context.IsGpu ? target : null);
    }

    // 5/2 · n · log2 n a transform, the usual count of real ones.
    private static Work WorkOf(double batch, int samples, int bins, int points) => new(
        sizeof(float) * batch * (samples + (2 * bins)), 2.5 * batch * points * Math.Log2(points) * bins
            / ((samples / 2) + 1.0));

    private static SharedOperands<T> Shared<T>(Contest contest, Func<T> make) where T : class, IDisposable
    {
        var operands = new SharedOperands<T>(make);
        contest.Shared.Add(operands);
        return operands;
    }
}
