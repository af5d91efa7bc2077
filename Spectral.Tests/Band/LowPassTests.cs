using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class LowPassTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Waves_inside_the_band_pass_and_others_vanish()
    {
        using var scope = new TensorScope();
        var slow = Wave(20, 3);
        var both = slow.Zip(Wave(20, 7), (a, b) => a + b).ToArray();
        var y = Ops.LowPass1d(Tensor.From(both, [1, 1, 20], _device), Band.Bins(4));
        Assert.That(y.ToDoubles(), Is.EqualTo(slow).Within(1e-12));
    }

    [Test]
    public void Pooling_samples_a_smooth_image_on_a_coarser_grid([Values(5, 6, 8, 17)] int output)
    {
        using var scope = new TensorScope();
        double[] Image(int side) =>
        [
            .. Enumerable.Range(0, side * side).Select(i =>
                0.5 + Math.Cos(2 * Math.PI * ((i / side * 1.0 / side) + (2.0 * (i % side) / side)))),
        ];
        var y = Ops.SpectralPool2d(Tensor.From(Image(16), [1, 1, 16, 16], _device), output);
        Assert.That(y.ToDoubles(), Is.EqualTo(Image(output)).Within(1e-12));
    }

    [Test]
    public void Pooling_keeps_means()
    {
        using var scope = new TensorScope();
        var generator = new Generator(3);
        var x = Tensor.From(Enumerable.Range(0, 7 * 9).Select(_ => generator.NextUniform(-1, 1)).ToArray(), [1, 1, 7, 9], _device);
        var y = Ops.SpectralPool2d(x, (3, 4));
        Assert.That(y.ToDoubles().Average(), Is.EqualTo(x.ToDoubles().Average()).Within(1e-13));
        Assert.That((int[])[.. y.Shape], Is.EqualTo(new[] { 1, 1, 3, 4 }));
    }

    [Test]
    public void A_band_that_depends_on_the_data_is_refused()
    {
        using var scope = new TensorScope();
        var x = Tensor.Zeros([1, 1, 4], device: _device);
        Assert.That(() => Ops.LowPass1d(x, Band.Energy(90)),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("rate"));
        Assert.That(() => Ops.SpectralPool1d(x, 0), Throws.TypeOf<InvalidInputException>());
    }

    private static double[] Wave(int length, int periods) =>
        [.. Enumerable.Range(0, length).Select(i => Math.Cos((2 * Math.PI * periods * i / length) + 0.4))];
}
