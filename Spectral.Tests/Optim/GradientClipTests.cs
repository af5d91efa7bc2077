using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class GradientClipTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [TestCase(DType.Float32, 1)]
    [TestCase(DType.Float32, 1000)]
    [TestCase(DType.Float64, 3000)]
    public void Gradients_together_are_scaled_to_the_norm(DType type, int length)
    {
        using var a = Parameter(type, length, i => Math.Sin(i + 1));
        using var b = Parameter(type, 3, i => i + 1);
        using var without = new Parameter([2], type, _device);
        double[] before = [.. a.Grad!.ToDoubles(), .. b.Grad!.ToDoubles()];
        var norm = Math.Sqrt(before.Sum(g => g * g));

        using var square = GradientClip.ByNorm([a, without, b], 0.5)!;
        var close = type == DType.Float32 ? 1e-5 : 1e-13;
        Assert.That(Math.Sqrt(square.Item()), Is.EqualTo(norm).Within(close * norm));
        double[] after = [.. a.Grad!.ToDoubles(), .. b.Grad!.ToDoubles()];
        Assert.That(after, Is.EqualTo(before.Select(g => g * 0.5 / (norm + 1e-6))).Within(close));
        Assert.That(without.Grad, Is.Null);
    }

    [Test]
    public void Gradients_below_the_norm_stay_as_they_are()
    {
        using var a = Parameter(DType.Float32, 5, i => i * 0.01);
        var before = a.Grad!.ToArray<float>();
        GradientClip.ByNorm([a], 100)!.Dispose();
        Assert.That(a.Grad!.ToArray<float>(), Is.EqualTo(before));
        Assert.That(GradientClip.ByNorm([], 1), Is.Null);
    }

    [Test]
    public void Elements_are_limited_and_NaN_stays()
    {
        using var a = Parameter(DType.Float32, 4, i => new[] { -3, 0.25, 7, double.NaN }[i]);
        GradientClip.ByValue([a], 0.5);
        Assert.That(a.Grad!.ToArray<float>(), Is.EqualTo(new[] { -0.5f, 0.25f, 0.5f, float.NaN }));
    }

    [Test]
    public void Parameters_that_share_a_gradient_are_scaled_once_each()
    {
        using var a = new Parameter(DeviceArray.From<float>(_device, [1, 2]), [2]);
        using var b = new Parameter(DeviceArray.From<float>(_device, [3, 4]), [2]);
        using (new TensorScope())
            (a + b).Backward(Tensor.From<float>([6, 8], [2], _device));
        GradientClip.ByNorm([a, b], Math.Sqrt(2))!.Dispose();
        foreach (var parameter in new[] { a, b })
            Assert.That(parameter.Grad!.ToArray<float>(), Is.EqualTo(new[] { 0.6f, 0.8f }).Within(1e-5f));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void Limits_must_be_above_0(double limit)
    {
        using var a = Parameter(DType.Float32, 2, i => i);
        Assert.That(() => GradientClip.ByNorm([a], limit), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => GradientClip.ByValue([a], limit), Throws.TypeOf<InvalidInputException>());
    }

    private Parameter Parameter(DType type, int length, Func<int, double> gradient)
    {
        var parameter = new Parameter([length], type, _device);
        double[] values = [.. Enumerable.Range(0, length).Select(gradient)];
        parameter.Grad = Tensor.FromDoubles(values, [length], type, _device);
        return parameter;
    }
}
