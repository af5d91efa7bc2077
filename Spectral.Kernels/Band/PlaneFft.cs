using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// Transforms of planes by fast transforms along both axes, for planes too large for matrices: of columns
/// beyond the band nothing is transformed, and rows beyond it are never stored.
/// </summary>
internal static class PlaneFft
{
    internal static void Forward<T>(PlaneTransformPlan plan, DeviceArray x, DeviceArray spectrum)
        where T : unmanaged, INumber<T>
    {
        var (device, g) = (x.Device, new PlaneFftArguments(plan));
        using var rows = Rows(plan, x);
        using var circles = Circles(plan, x);
        BandTransform.Forward(plan.Rows, x, rows.Array);
        var (samples, lines) = (rows.Array.View<T>(), circles.Array.ComplexView<T>());
        device.Launch(
            PlaneFftKernels.SamplesToCircles, device.Limits.Elements(lines.Length), samples, lines, g);
        Fft.Forward(device, lines, lines, g.Circle, g.Columns * g.Planes);
        device.Launch(
            PlaneFftKernels.CirclesToSpectrum, device.Limits.Elements(spectrum.Length / 2), lines,
            spectrum.View<T>(), g);
    }

    internal static void Inverse<T>(
        PlaneTransformPlan plan, DeviceArray spectrum, DeviceArray y, DeviceArray? bias)
        where T : unmanaged, INumber<T>
    {
        var (device, g) = (y.Device, new PlaneFftArguments(plan));
        using var rows = Rows(plan, y);
        using var circles = Circles(plan, y);
        var (samples, lines) = (rows.Array.View<T>(), circles.Array.ComplexView<T>());
        device.Launch(
            PlaneFftKernels.SpectrumToCircles, device.Limits.Elements(lines.Length), spectrum.View<T>(), lines,
            g);
        Fft.Inverse(device, lines, lines, g.Circle, g.Columns * g.Planes);
        device.Launch(
            PlaneFftKernels.CirclesToSamples, device.Limits.Elements(samples.Length / 2), lines, samples, g);
        if (bias is null)
        {
            BandTransform.Inverse(plan.Rows, rows.Array, y);
            return;
        }

        // A plane has one bias, a transform of rows wants one for each of its rows.
        using var rowBias = new Workspace(device, y.DType, (long)bias.Length * g.Height, "plane transform");
        Layout.Copy(
            bias, 0, [1, 0], rowBias.Array, 0, [g.Height, 1], [bias.Length, g.Height], "plane transform");
        BandTransform.Inverse(plan.Rows, rows.Array, y, rowBias.Array);
    }

    private static Workspace Rows(PlaneTransformPlan plan, DeviceArray like) =>
        new(like.Device, like.DType, plan.Rows.SpectrumCount, "plane transform");

    private static Workspace Circles(PlaneTransformPlan plan, DeviceArray like) => new(
        like.Device, like.DType, 2L * plan.W.Kept * plan.Planes * plan.H.FftLength, "plane transform");
}
