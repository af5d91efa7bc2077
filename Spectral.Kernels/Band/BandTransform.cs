using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Truncated real Fourier transforms of many rows, both ways. Spectra are planar and frequency-major,
/// [k][2][rows]: a plane of real parts, then one of imaginary parts, for each kept bin.
/// </summary>
public static class BandTransform
{
    private sealed record Call(
        BandTransformPlan Plan, DeviceArray From, DeviceArray To, DeviceArray? Bias, bool IsInverse);

    private static readonly CandidateList<BandTransformPlan, Action<Call>> Candidates = new("band",
    [
        new("lanes", (_, plan) => RowLanes.IsLegal(plan), FavoursLanes, Either(RowLanes.Forward, RowLanes.Inverse)),
        new("broadcast", (device, plan) => device.Quirks.PrefersVectorLoops && BroadcastRows.IsLegal(plan), FavoursLanes,
            Either(BroadcastRows.Forward, BroadcastRows.Inverse)),
        new("dft", (_, _) => true, FavoursMatrix, RunMatrix),
        new("fft", (_, plan) => BandFft.IsLegal(plan.Fft), (_, _) => true, RunFft),
    ]);

    /// <summary>Bins 0 … k−1 of the transform of each row, unscaled.</summary>
    /// <param name="plan">Sizes.</param>
    /// <param name="x">Rows, [rows][length].</param>
    /// <param name="spectrum">Overwritten: [k][2][rows].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes, types or the candidate do not fit.</exception>
    public static void Forward(
        BandTransformPlan plan, DeviceArray x, DeviceArray spectrum, string? candidate = null)
    {
        Check(plan, x, spectrum);
        Candidates.Choose(x.Device, plan, candidate).Run(new Call(plan, x, spectrum, null, false));
    }

    /// <summary>
    /// Samples of the inverse transform, scaled by 1/S, of spectra that are zero from bin k on. The
    /// imaginary parts of bin 0 and, for even S, of bin S/2 are ignored.
    /// </summary>
    /// <param name="plan">Sizes.</param>
    /// <param name="spectrum">[k][2][rows].</param>
    /// <param name="y">Overwritten: [rows][length].</param>
    /// <param name="bias">Added to row r: bias[r mod its length]; null for none.</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes, types or the candidate do not fit.</exception>
    public static void Inverse(
        BandTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias = null,
        string? candidate = null)
    {
        Check(plan, y, spectrum);
        Throw.Unless(bias is null || (bias.Length >= 1 && bias.DType == y.DType && bias.Device == y.Device),
            "band transform", $"a bias of {bias?.Length} {bias?.DType}", $"1 or more {y.DType}",
            "give one number for each channel");
        Candidates.Choose(y.Device, plan, candidate).Run(new Call(plan, spectrum, y, bias, true));
    }

    /// <summary>Names of the candidates that can run <paramref name="plan"/> on a device.</summary>
    public static IReadOnlyList<string> LegalCandidates(ComputeDevice device, BandTransformPlan plan) =>
        Candidates.Legal(device, plan);

    private static bool FavoursMatrix(ComputeDevice device, BandTransformPlan plan) =>
        device.Quirks.PrefersVectorLoops ? plan.FavoursMatrixInLanes : plan.FavoursMatrix;

    private static bool FavoursLanes(ComputeDevice device, BandTransformPlan plan) =>
        device.Quirks.PrefersVectorLoops && plan.Rows >= PlaneLanes.FewestPlanes && plan.FavoursMatrixInLanes;

    /// <summary>What a candidate runs whose two directions stand in a face of their own.</summary>
    private static Action<Call> Either(
        Action<BandTransformPlan, DeviceArray, DeviceArray> forward,
        Action<BandTransformPlan, DeviceArray, DeviceArray, DeviceArray?> inverse) =>
        call =>
        {
            if (call.IsInverse)
                inverse(call.Plan, call.From, call.To, call.Bias);
            else
                forward(call.Plan, call.From, call.To);
        };

    private static void RunMatrix(Call call)
    {
        var plan = call.Plan;
        var matrix = BandMatrixCache.Get(
            call.To.Device, new RowMatrix(plan.Axis, call.IsInverse), call.To.DType);
        if (call.IsInverse)
            MatrixRows.Inverse(plan.Rows, plan.Length, plan.Kept, call.From, matrix, call.To, call.Bias);
        else
            MatrixRows.Forward(plan.Rows, plan.Length, plan.Kept, call.From, matrix, call.To);
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
        var (device, shape) = (call.To.Device, call.Plan.Fft);
        var (from, to) = (call.From.View<T>(), call.To.View<T>());
        if (call.IsInverse)
            BandFft.Inverse(device, shape, from, to, call.Bias is null ? default : call.Bias.View<T>());
        else
            BandFft.Forward(device, shape, from, to);
    }

    private static void Check(BandTransformPlan plan, DeviceArray samples, DeviceArray spectrum)
    {
        Throw.Unless(plan.IsValid, "band transform", $"{plan}",
            "samples on the circle and 1 to S/2+1 bins", "use a longer circle, fewer samples or fewer bins");
        Throw.Unless(
            samples.Length == plan.SampleCount && spectrum.Length == plan.SpectrumCount
                && samples.DType == spectrum.DType && samples.DType.IsReal()
                && samples.Device == spectrum.Device,
            "band transform",
            $"{samples.Length} {samples.DType} samples, {spectrum.Length} {spectrum.DType} of spectrum, {plan}",
            $"{plan.SampleCount} and {plan.SpectrumCount} of one real type on one device",
            "allocate [rows][length] and [k][2][rows]");
    }
}
