using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Truncated real Fourier transforms of many planes, both ways. Columns beyond the band are never computed,
/// rows beyond it never transformed, and a spectrum filled up with zeros never made. Spectra are planar and
/// frequency-major, see <see cref="PlaneTransformPlan"/>.
/// </summary>
public static class PlaneTransform
{
    private sealed record Call(
        PlaneTransformPlan Plan, DeviceArray From, DeviceArray To, DeviceArray? Bias, bool IsInverse);

    /// <summary>Elements of a matrix of whole planes up to which one may be used.</summary>
    private const long LargestMatrix = 1L << 24;

    /// <summary>Samples up to which one product for the whole plane beats one an axis (measured on PoCL).</summary>
    private const int SmallPlane = 64;

    private static readonly CandidateList<PlaneTransformPlan, Action<Call>> Candidates = new("plane",
    [
        new("short", ShortPlanes.IsLegal, (_, _) => true, Either(ShortPlanes.Forward, ShortPlanes.Inverse))
        { ForGpus = true },
        new("thin", ThinPlanes.IsLegal, (_, plan) => ThinPlanes.IsWorthwhile(plan),
            Either(ThinPlanes.Forward, ThinPlanes.Inverse))
        { ForGpus = true },
        new("flat", (_, plan) => FlatPlanes.IsLegal(plan), FillsLanes, Either(FlatPlanes.Forward, FlatPlanes.Inverse)),
        new("rows", (_, plan) => plan.IsOneRow && plan.W.LowPass is null, (_, _) => true, RunRows),
        new("lanes", (_, plan) => PlaneLanes.IsLegal(plan), FavoursLanes,
            Either(PlaneLanes.Forward, PlaneLanes.Inverse)),
        new("block", PlaneBlocks.IsLegal, (_, plan) => PlaneBlocks.IsWorthwhile(plan),
            Either(PlaneBlocks.Forward, PlaneBlocks.Inverse))
        { ForGpus = true },
        new("plane", (_, plan) => 2L * plan.Frequencies * plan.PlaneLength <= LargestMatrix,
            FavoursPlane, RunPlane),
        new("axes", (_, _) => true, (device, plan) => !FavoursFft(device, plan), RunAxes),
        new("fft", (_, plan) => plan.HasFft, (_, _) => true, RunFft),
    ]);

    /// <summary>Kept coefficients of the transform of each plane, unscaled.</summary>
    /// <param name="plan">Sizes.</param>
    /// <param name="x">Planes, [planes][height][width].</param>
    /// <param name="spectrum">Overwritten: [frequencies][2][planes].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes, types or the candidate do not fit.</exception>
    public static void Forward(
        PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum, string? candidate = null)
    {
        Check(plan, x, spectrum);
        Run(candidate, new Call(plan, x, spectrum, null, false));
    }

    /// <summary>
    /// Samples of the inverse transform, scaled by one over the circles' lengths, of spectra that are zero
    /// outside the band. Imaginary parts that no real plane has are ignored.
    /// </summary>
    /// <param name="plan">Sizes.</param>
    /// <param name="spectrum">[frequencies][2][planes].</param>
    /// <param name="y">Overwritten: [planes][height][width].</param>
    /// <param name="bias">Added to plane p: bias[p mod its length]; null for none.</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes, types or the candidate do not fit.</exception>
    public static void Inverse(
        PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias = null,
        string? candidate = null)
    {
        Check(plan, y, spectrum);
        Throw.Unless(bias is null || (bias.Length >= 1 && bias.DType == y.DType && bias.Device == y.Device),
            "plane transform", $"a bias of {bias?.Length} {bias?.DType}", $"1 or more {y.DType}",
            "give one number for each channel");
        Run(candidate, new Call(plan, spectrum, y, bias, true));
    }

    /// <summary>Names of the candidates that can run <paramref name="plan"/> on a device.</summary>
    public static IReadOnlyList<string> LegalCandidates(ComputeDevice device, PlaneTransformPlan plan) =>
        Candidates.Legal(device, plan);

    private static void Run(string? candidate, Call call)
    {
        var trials = Autotuner.IsOn
            ? new Trials<Action<Call>>(
                $"{call.Plan}, {(call.IsInverse ? "back" : "there")}, {call.To.DType}", run => () => run(call))
            : null;
        Candidates.Choose(call.To.Device, call.Plan, candidate, trials).Run(call);
    }

    private static bool FavoursPlane(ComputeDevice device, PlaneTransformPlan plan) =>
        plan.IsOneRow || (device.Quirks.PrefersVectorLoops ? plan.PlaneLength <= SmallPlane : plan.FavoursPlane);

    private static bool FavoursFft(ComputeDevice device, PlaneTransformPlan plan) =>
        device.Quirks.PrefersVectorLoops ? plan.FavoursFftInLanes : plan.FavoursFft;

    private static bool FillsLanes(ComputeDevice device, PlaneTransformPlan plan) =>
        device.Quirks.PrefersVectorLoops && plan.Planes >= PlaneLanes.FewestPlanes && !plan.FavoursFftInLanes;

    private static bool FavoursLanes(ComputeDevice device, PlaneTransformPlan plan) =>
        FillsLanes(device, plan) && plan.PlaneLength >= FlatPlanes.FewestSamples;

    /// <summary>What a candidate runs whose two directions stand in a face of their own.</summary>
    private static Action<Call> Either(
        Action<PlaneTransformPlan, DeviceArray, DeviceArray> forward,
        Action<PlaneTransformPlan, DeviceArray, DeviceArray, DeviceArray?> inverse) =>
        call =>
        {
            if (call.IsInverse)
                inverse(call.Plan, call.From, call.To, call.Bias);
            else
                forward(call.Plan, call.From, call.To);
        };

    private static void RunRows(Call call)
    {
        if (call.IsInverse)
            BandTransform.Inverse(call.Plan.Rows, call.From, call.To, call.Bias);
        else
            BandTransform.Forward(call.Plan.Rows, call.From, call.To);
    }

    private static void RunPlane(Call call)
    {
        var plan = call.Plan;
        var matrix = BandMatrixCache.Get(
            call.To.Device, new PlaneMatrix(plan.H, plan.W, call.IsInverse), call.To.DType);
        if (call.IsInverse)
            MatrixRows.Inverse(plan.Planes, plan.PlaneLength, plan.Frequencies, call.From, matrix, call.To, call.Bias);
        else
            MatrixRows.Forward(plan.Planes, plan.PlaneLength, plan.Frequencies, call.From, matrix, call.To);
    }

    // Between the axes the data are [columns kept][2][height][planes]: both products then read and write
    // whole rows of planes, whatever the sizes.
    private static void RunAxes(Call call)
    {
        var (plan, device, type) = (call.Plan, call.To.Device, call.To.DType);
        var (planes, height, rows, columns) = (plan.Planes, plan.H.Length, plan.H.Band.BothSigns, plan.W.Kept);
        var vertical = BandMatrixCache.Get(device, new ColumnMatrix(plan.H, call.IsInverse), type);
        var horizontal = BandMatrixCache.Get(device, new RowMatrix(plan.W, call.IsInverse), type);
        using var between = new Workspace(device, type, 2L * columns * height * planes, "plane transform");
        if (call.IsInverse)
        {
            Gemm.Multiply(
                new GemmShape(columns, 2 * height, planes, 2 * rows) { A = (0, 2 * rows, 1) },
                vertical, call.From, between.Array);
            Gemm.Multiply(
                new GemmShape(height, planes, plan.W.Length, 2 * columns)
                {
                    A = (planes, 1, height * planes),
                    B = (0, plan.W.Length, 1),
                    C = (plan.W.Length, plan.PlaneLength),
                },
                between.Array, horizontal, call.To, bias: call.Bias,
                biasAlong: call.Bias is null ? GemmBias.None : GemmBias.Rows);
            return;
        }

        Gemm.Multiply(
            new GemmShape(height, 2 * columns, planes, plan.W.Length)
            {
                A = (0, plan.W.Length, 1),
                B = (plan.W.Length, 1, plan.PlaneLength),
                C = (planes, height * planes),
            },
            horizontal, call.From, between.Array);
        Gemm.Multiply(
            new GemmShape(columns, 2 * rows, planes, 2 * height) { A = (0, 2 * height, 1) },
            vertical, between.Array, call.To);
    }

    private static void RunFft(Call call)
    {
        if (call.To.DType == DType.Float32)
            RunFft<float>(call);
        else
            RunFft<double>(call);
    }

    private static void RunFft<T>(Call call) where T : unmanaged, INumber<T>
    {
        if (call.IsInverse)
            PlaneFft.Inverse<T>(call.Plan, call.From, call.To, call.Bias);
        else
            PlaneFft.Forward<T>(call.Plan, call.From, call.To);
    }

    private static void Check(PlaneTransformPlan plan, DeviceArray samples, DeviceArray spectrum)
    {
        Throw.Unless(plan.IsValid, "plane transform", $"{plan}",
            "samples on the circles and 1 to S/2+1 bins", "use longer circles, fewer samples or fewer bins");
        Throw.Unless(
            samples.Length == plan.SampleCount && spectrum.Length == plan.SpectrumCount
                && samples.DType == spectrum.DType && samples.DType.IsReal()
                && samples.Device == spectrum.Device,
            "plane transform",
            $"{samples.Length} {samples.DType} samples, {spectrum.Length} {spectrum.DType} of spectrum, {plan}",
            $"{plan.SampleCount} and {plan.SpectrumCount} of one real type on one device",
            "allocate [planes][height][width] and [frequencies][2][planes]");
    }
}
