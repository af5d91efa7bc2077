using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Keeps gradients small, on the device and in a fixed order, without waiting for it.</summary>
public static class Clip
{
    /// <summary>Terms that one work-item adds: partial sums are a small share of the traffic.</summary>
    private const int Terms = 512;

    /// <summary>
    /// Σ g² over several arrays, in a fixed order: the arrays one after the other, each in segments.
    /// </summary>
    /// <param name="gradients">At least one, of one real type on one device.</param>
    /// <param name="sum">One element, overwritten.</param>
    /// <exception cref="InvalidInputException">Types, devices or lengths do not fit.</exception>
    public static void SumOfSquares(IReadOnlyList<DeviceArray> gradients, DeviceArray sum)
    {
        Throw.Unless(gradients.Count > 0 && sum.Length == 1, "clip",
            $"{gradients.Count} gradients and {sum.Length} elements for their sum", "1 or more, and 1",
            "pass the gradients of a model");
        Throw.Unless(
            gradients.All(g => g.DType == sum.DType && g.Device == sum.Device) && sum.DType.IsReal(), "clip",
            "gradients of several types or devices", "one real type on one device", "clip them apart");
        if (sum.DType == DType.Float32)
            SumOfSquares<float>(gradients, sum);
        else
            SumOfSquares<double>(gradients, sum);
    }

    /// <summary>
    /// g ← g · min(1, limit / (√sum + 10⁻⁶)), PyTorch's <c>clip_grad_norm_</c>, with the sum of squares still
    /// on the device.
    /// </summary>
    /// <param name="g">Changed.</param>
    /// <param name="sumOfSquares">One element.</param>
    /// <param name="limit">Largest norm allowed, above 0.</param>
    /// <exception cref="InvalidInputException">Types do not fit, or the limit is not above 0.</exception>
    public static void ToNorm(DeviceArray g, DeviceArray sumOfSquares, double limit)
    {
        CheckLimit(limit);
        Throw.Unless(g.DType == sumOfSquares.DType && g.DType.IsReal() && sumOfSquares.Length == 1, "clip",
            $"{g.DType} with {sumOfSquares.Length} {sumOfSquares.DType}", "one real type, and one sum",
            "use SumOfSquares");
        g.MarkChanged();
        if (g.DType == DType.Float32)
            g.Device.Launch(
                ClipKernels.ToNorm<float, FloatMath>, g.Device.Limits.Elements(g.Length),
                g.View<float>(), sumOfSquares.View<float>(), (float)limit, 1e-6f);
        else
            g.Device.Launch(
                ClipKernels.ToNorm<double, DoubleMath>, g.Device.Limits.Elements(g.Length),
                g.View<double>(), sumOfSquares.View<double>(), limit, 1e-6);
    }

    /// <summary>Each element to −limit … limit; NaN stays, PyTorch's <c>clip_grad_value_</c>.</summary>
    /// <param name="g">Changed.</param>
    /// <param name="limit">Above 0.</param>
    /// <exception cref="InvalidInputException">The limit is not above 0, or the elements are not real.</exception>
    public static void ToValue(DeviceArray g, double limit)
    {
        CheckLimit(limit);
        Throw.Unless(
            g.DType.IsReal(), "clip", $"elements of {g.DType}", "Float32 or Float64", "clip gradients");
        g.MarkChanged();
        var shape = g.Device.Limits.Elements(g.Length);
        if (g.DType == DType.Float32)
            g.Device.Launch(ClipKernels.ToValue, shape, g.View<float>(), (float)limit);
        else
            g.Device.Launch(ClipKernels.ToValue, shape, g.View<double>(), limit);
    }

    private static void SumOfSquares<T>(IReadOnlyList<DeviceArray> gradients, DeviceArray sum)
        where T : unmanaged, INumber<T>
    {
        var device = sum.Device;
        using var parts = new Workspace(device, sum.DType, gradients.Sum(Parts), "clip");
        var at = 0;
        foreach (var g in gradients)
        {
            var count = Parts(g);
            // A work-item reads neighbours on a CPU; on a GPU neighbouring work-items do.
            var adjacent = device.Quirks.PrefersVectorLoops ? 1 : 0;
            device.Launch(
                ClipKernels.Squares, device.Limits.Elements(count),
                g.View<T>(), parts.Array.View<T>().SubView(at, count), Terms, adjacent);
            at += count;
        }

        Reduce.Sum(parts.Array, sum, 1, at, 1);
    }

    private static int Parts(DeviceArray g) => Math.Max(1, (int)(((long)g.Length + Terms - 1) / Terms));

    private static void CheckLimit(double limit) => Throw.Unless(
        limit > 0 && double.IsFinite(limit), "clip", $"a limit of {limit}", "a number above 0", "correct it");
}
