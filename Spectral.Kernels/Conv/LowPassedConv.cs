namespace Spectral.Kernels;

/// <summary>
/// A band-limited convolution as an ideal low-pass of the input and a direct convolution after it, and their
/// gradients.
/// </summary>
public static class LowPassedConv
{
    // Series go through the low-pass where the convolution reads them, which saves launches: on CPUs short ones.
    private static readonly CandidateList<BandConvPlan, Run> Candidates = new("lowpass",
        new("few", (device, plan) => device.Quirks.PrefersVectorLoops && ConvOfFewChannels.TakesLowPass(plan),
            (device, plan) => ConvOfFewChannels.IsPreferred(device, plan.AfterMaps),
            new((plan, x, smooth, w, bias, y) =>
                ConvOfFewChannels.Forward(plan.AfterMaps, plan.Maps.W, x, smooth, w, bias, y),
                (plan, dy, w, dx) => ConvOfFewChannels.InputGradient(plan.AfterMaps, plan.Maps.W, dy, w, dx))),
        new("series", ConvOfSeries.TakesLowPass, ConvOfSeries.FavoursLowPass,
            new(ConvOfSeries.Forward, InputGradientOfSeries))
        { ForGpus = true },
        new("steps", (_, _) => true, (_, _) => true, new(ForwardInSteps, InputGradientInSteps)));

    private sealed record Run(
        Action<BandConvPlan, DeviceArray, DeviceArray, DeviceArray, DeviceArray?, DeviceArray> Forward,
        Action<BandConvPlan, DeviceArray, DeviceArray, DeviceArray> InputGradient);

    /// <summary>The low-passed input is kept for the backward pass where it is at most this part of the result.</summary>
    private const int SmallPart = 16;

    /// <summary>Whether the low-passed input is so small that to keep it costs less than to make it again.</summary>
    /// <param name="plan">The convolution.</param>
    public static bool IsKept(BandConvPlan plan) =>
        SmallPart * plan.AfterMaps.InputCount <= plan.Shape.OutputCount;

    /// <summary>y = (the low-passed x) ⋆ w + b.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="x">Input, [N][C][H][W].</param>
    /// <param name="smooth">
    /// Overwritten: the low-passed, padded input, <see cref="BandConvPlan.AfterMaps"/>'s, which the gradient of the
    /// filters takes for its x.
    /// </param>
    /// <param name="w">Filters, [K][C][R][Q].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="y">Overwritten: [N][K][OutH][OutW].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes, types or the candidate do not fit.</exception>
    public static void Forward(
        BandConvPlan plan, DeviceArray x, DeviceArray smooth, DeviceArray w, DeviceArray? bias, DeviceArray y,
        string? candidate = null)
    {
        Check(plan, x, smooth.Length, w, y);
        Candidates.Choose(x.Device, plan, candidate).Run.Forward(plan, x, smooth, w, bias, y);
    }

    /// <summary>The low-passed, padded input alone.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="x">Input, [N][C][H][W].</param>
    /// <param name="smooth">Overwritten, as by <see cref="Forward"/>.</param>
    /// <exception cref="InvalidInputException">Sizes or types do not fit.</exception>
    public static void LowPass(BandConvPlan plan, DeviceArray x, DeviceArray smooth)
    {
        var (h, w) = plan.Maps;
        PlaneMap.Apply(plan.Shape.N * plan.Shape.C, h, w, x, smooth);
    }

    /// <summary>dx: the adjoint of <see cref="Forward"/> in x.</summary>
    /// <param name="plan">The convolution.</param>
    /// <param name="dy">Gradient of the output, [N][K][OutH][OutW].</param>
    /// <param name="w">Filters, [K][C][R][Q].</param>
    /// <param name="dx">Overwritten: [N][C][H][W].</param>
    /// <param name="candidate">Forces a candidate by name; null for the best.</param>
    /// <exception cref="InvalidInputException">Sizes, types or the candidate do not fit.</exception>
    public static void InputGradient(
        BandConvPlan plan, DeviceArray dy, DeviceArray w, DeviceArray dx, string? candidate = null)
    {
        Check(plan, dx, plan.AfterMaps.InputCount, w, dy);
        Candidates.Choose(dx.Device, plan, candidate).Run.InputGradient(plan, dy, w, dx);
    }

    /// <summary>Names of the candidates that can run <paramref name="plan"/> on a device.</summary>
    public static IReadOnlyList<string> LegalCandidates(ComputeDevice device, BandConvPlan plan) =>
        Candidates.Legal(device, plan);

    private static void ForwardInSteps(
        BandConvPlan plan, DeviceArray x, DeviceArray smooth, DeviceArray w, DeviceArray? bias, DeviceArray y)
    {
        LowPass(plan, x, smooth);
        DirectConv.Forward(plan.AfterMaps, smooth, w, bias, y);
    }

    private static void InputGradientInSteps(BandConvPlan plan, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        var (down, across) = plan.Maps;
        using var smooth = new Workspace(dx.Device, dx.DType, plan.AfterMaps.InputCount, "low-pass");
        DirectConv.InputGradient(plan.AfterMaps, dy, w, smooth.Array);
        PlaneMap.Adjoint(plan.Shape.N * plan.Shape.C, down, across, smooth.Array, dx);
    }

    private static void InputGradientOfSeries(BandConvPlan plan, DeviceArray dy, DeviceArray w, DeviceArray dx)
    {
        if (ConvOfSeries.HoldsSeries(plan))
            ConvOfSeries.InputGradient(plan, dy, w, dx);
        else
            InputGradientInSteps(plan, dy, w, dx);
    }

    private static void Check(BandConvPlan plan, DeviceArray x, long smooth, DeviceArray w, DeviceArray y) =>
        Throw.Unless(
            x.Length == plan.Shape.InputCount && w.Length == plan.Shape.FilterCount
                && y.Length == plan.Shape.OutputCount && smooth == plan.AfterMaps.InputCount
                && x.DType == w.DType && x.DType == y.DType && x.DType.IsReal(),
            "low-passed convolution",
            $"{x.Length} {x.DType}, {smooth}, {w.Length} {w.DType} and {y.Length} {y.DType} for {plan}",
            $"{plan.Shape.InputCount}, {plan.AfterMaps.InputCount}, {plan.Shape.FilterCount} and {plan.Shape.OutputCount} of one real type",
            "allocate by the plan");
}
