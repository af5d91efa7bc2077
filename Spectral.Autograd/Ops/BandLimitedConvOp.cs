using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>
    /// Cross-correlation of series in the truncated frequency domain: an ideal low-pass of
    /// an ordinary convolution, with the exact gradients of that forward pass (Dziedzic et al., ICML 2019).
    /// </summary>
    /// <param name="x">Series [N, C, L].</param>
    /// <param name="weight">Filters [K, C/groups, R].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation, groups.</param>
    /// <param name="band">How much of the spectrum is kept.</param>
    /// <param name="policy">FFT length.</param>
    /// <param name="method">How it is computed; null for the cheapest (<see cref="ConvPlanner"/>).</param>
    /// <returns>[N, K, O].</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor BandLimitedConv1d(
        Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings, Band band,
        FftSizePolicy policy = FftSizePolicy.Minimal, ConvMethod? method = null) =>
        BandLimitedConv1d(x, weight, bias, settings, band, policy, method, null, out _);

    /// <summary>The same of images.</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="weight">Filters [K, C/groups, R, Q].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation, groups.</param>
    /// <param name="band">How much of the spectrum is kept.</param>
    /// <param name="policy">FFT lengths.</param>
    /// <param name="method">How it is computed; null for the cheapest (<see cref="ConvPlanner"/>).</param>
    /// <returns>[N, K, OH, OW].</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor BandLimitedConv2d(
        Tensor x, Tensor weight, Tensor? bias, Conv2dSettings settings, Band band,
        FftSizePolicy policy = FftSizePolicy.Minimal, ConvMethod? method = null) =>
        BandLimitedConv2d(x, weight, bias, settings, band, policy, method, null, out _);

    /// <summary>As above, for a layer: keeps its filters' spectrum and tells the plan (of the last group).</summary>
    internal static Tensor BandLimitedConv1d(
        Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings, Band band, FftSizePolicy policy,
        ConvMethod? method, PreparedFilters? cache, out BandConvPlan plan) =>
        Run("bandLimitedConv1d", 1, x, weight, bias, settings.OneRow, band, policy, method, cache, out plan);

    /// <summary>As above, for a layer: keeps its filters' spectrum and tells the plan (of the last group).</summary>
    internal static Tensor BandLimitedConv2d(
        Tensor x, Tensor weight, Tensor? bias, Conv2dSettings settings, Band band, FftSizePolicy policy,
        ConvMethod? method, PreparedFilters? cache, out BandConvPlan plan) =>
        Run("bandLimitedConv2d", 2, x, weight, bias, settings, band, policy, method, cache, out plan);

    /// <summary>A band-limited convolution of series with FFT length and number of bins given outright.</summary>
    /// <param name="x">Series [N, C, L].</param>
    /// <param name="weight">Filters [K, C/groups, R].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation, groups.</param>
    /// <param name="axis">Circle, at least <see cref="FftSize.Exact"/>, and bins kept.</param>
    /// <param name="method">How it is computed; null for the cheapest (<see cref="ConvPlanner"/>).</param>
    /// <returns>[N, K, O].</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor BandLimitedConv1d(
        Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings, BandAxis axis,
        ConvMethod? method = null) =>
        Run("bandLimitedConv1d", 1, x, weight, bias, settings.OneRow, new BandAxis(1, 1), axis, method);

    /// <summary>A band-limited convolution of images with FFT lengths and numbers of bins given outright.</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="weight">Filters [K, C/groups, R, Q].</param>
    /// <param name="bias">[K], or null.</param>
    /// <param name="settings">Stride, padding, dilation, groups.</param>
    /// <param name="height">Vertical circle, at least <see cref="FftSize.Exact"/>, and bins kept.</param>
    /// <param name="width">Horizontal circle and bins kept.</param>
    /// <param name="method">How it is computed; null for the cheapest (<see cref="ConvPlanner"/>).</param>
    /// <returns>[N, K, OH, OW].</returns>
    /// <exception cref="InvalidInputException">Shapes do not fit, or a number is out of range.</exception>
    public static Tensor BandLimitedConv2d(
        Tensor x, Tensor weight, Tensor? bias, Conv2dSettings settings, BandAxis height, BandAxis width,
        ConvMethod? method = null) =>
        Run("bandLimitedConv2d", 2, x, weight, bias, settings, height, width, method);

    private static Tensor Run(
        string operation, int dimensions, Tensor x, Tensor weight, Tensor? bias, Conv2dSettings settings,
        Band band, FftSizePolicy policy, ConvMethod? method, PreparedFilters? cache, out BandConvPlan plan)
    {
        BandConvPlan ran = default;

        // The filters of a group are a copy of the moment: keeping their spectrum would never pay.
        cache = settings.Groups == 1 ? cache : null;
        var y = new ConvOperands(x, weight, bias).Run(operation, dimensions + 2, settings, (shape, operands) =>
        {
            ran = BandConvPlan.For(shape, dimensions, band, policy);
            return BandLimitedConv.Run(operands, band, ref ran, method, cache);
        });
        plan = ran;
        return y;
    }

    private static Tensor Run(
        string operation, int dimensions, Tensor x, Tensor weight, Tensor? bias, Conv2dSettings settings,
        BandAxis height, BandAxis width, ConvMethod? method) =>
        new ConvOperands(x, weight, bias).Run(operation, dimensions + 2, settings, (shape, operands) =>
        {
            CheckAxis(operation, shape.H, height);
            CheckAxis(operation, shape.W, width);
            var plan = new BandConvPlan(shape, height, width);
            return BandLimitedConv.Run(operands, Band.Full, ref plan, method);
        });

    private static void CheckAxis(string operation, ConvAxis axis, BandAxis band) =>
        Throw.Unless(band.IsValid && band.FftLength >= FftSize.Exact(axis), operation, $"{band}",
            $"a circle of at least {FftSize.Exact(axis)}, and 1 to S/2+1 bins", "choose such numbers");
}
