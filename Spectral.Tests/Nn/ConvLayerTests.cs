using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class ConvLayerTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void A_band_limited_layer_is_a_drop_in_for_the_ordinary_one()
    {
        using var scope = new TensorScope();
        using var plain = new Conv1d(3, 4, 5, 2, 2, device: _device, generator: new Generator(7));
        using var limited = new BandLimitedConv1d(3, 4, 5, 2, 2, device: _device, generator: new Generator(7));
        Assert.That(limited.StateDict().Keys, Is.EqualTo(plain.StateDict().Keys).And.EqualTo(new[] { "weight", "bias" }));
        Assert.That(limited.Weight.ToArray<float>(), Is.EqualTo(plain.Weight.ToArray<float>()), "same initial values");

        var x = GoldenTensors.Random([2, 3, 33], 1, _device, DType.Float32, requiresGrad: false);
        Closeness.AssertClose(
            limited.Forward(x).ToDoubles(), plain.Forward(x).ToDoubles(), Tolerances.ConvFloat, "same results");

        limited.Band = Band.Rate(60);
        Assert.That(limited.LoadStateDict(plain.StateDict()).Missing, Is.Empty);
        limited.Forward(x);
        Assert.That(limited.LastPlan!.Value.AchievedCompression, Is.GreaterThanOrEqualTo(0.6));
    }

    [Test]
    public void A_band_keeps_exactly_the_low_frequencies()
    {
        using var scope = new TensorScope();
        using var layer = new BandLimitedConv1d(
            1, 1, 1, bias: false, band: Band.Bins(4), dtype: DType.Float64, device: _device);
        Init.Constant(layer.Weight, 1);
        double[] Wave(int frequency) =>
            [.. Enumerable.Range(0, 64).Select(i => Math.Cos(2 * Math.PI * frequency * i / 64))];
        double[] Through(double[] x) => layer.Forward(Tensor.From(x, [1, 1, 64], _device)).ToDoubles();

        Assert.That(Through(Wave(3)), Is.EqualTo(Wave(3)).Within(1e-12));
        Assert.That(Through(Wave(4)), Is.All.EqualTo(0).Within(1e-12));
    }

    [Test]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.That(() => new Conv1d(0, 1, 1, device: _device), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new Conv1d(1, 1, 1, stride: 0, device: _device), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new Conv1d(1, 1, 1, padding: -1, device: _device), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new BandLimitedConv1d(4, 4, 3, groups: 3, device: _device),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("groups"));
        using var scope = new TensorScope();
        var series = Tensor.Zeros([1, 1, 3], device: _device);
        using var longer = new BandLimitedConv1d(1, 1, 8, device: _device);
        Assert.That(() => longer.Forward(series),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("shorter filter"));
    }
}
