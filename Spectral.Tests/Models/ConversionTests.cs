using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Models;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class ConversionTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void A_converted_network_gives_the_same_results_at_the_full_band()
    {
        using var scope = new TensorScope();
        using var model = Images();
        var x = GoldenTensors.Random([2, 3, 12, 10], 1, _device);
        var (y, gradients) = Run(model, x);
        Parameter[] parameters = [.. model.Parameters()];
        string[] keys = [.. model.StateDict().Keys];

        Assert.That(BandLimited.Convert(model, Band.Full), Is.EqualTo(3));
        foreach (var layer in BandLimits.Of(model))
            layer.Method = ConvMethod.Spectral;
        var (limited, limitedGradients) = Run(model, x);
        Closeness.AssertClose(limited, y, Tolerances.GoldenDouble, "output");
        Closeness.AssertClose(limitedGradients, gradients, Tolerances.GoldenDouble, "gradients");
        Assert.That(model.Parameters(), Is.EqualTo(parameters), "the same objects");
        Assert.That(model.StateDict().Keys, Is.EqualTo(keys));

        Assert.That(BandLimits.SetBand(model, Band.Rate(60)), Is.EqualTo(3));
        var (cut, _) = Run(model, x);
        Assert.That(Closeness.RelativeError(cut, y), Is.GreaterThan(0.01), "the band is really cut");
        Assert.That(BandLimits.AchievedCompression(model), Is.InRange(0.4, 0.6), "a rate is an upper bound");

        Assert.That(BandLimited.ConvertToDirect(model), Is.EqualTo(3));
        Assert.That(BandLimits.Of(model), Is.Empty);
        Assert.That(Run(model, x).Y, Is.EqualTo(y));
    }

    [Test]
    public void A_band_limited_layer_computes_directly_and_back_again()
    {
        using var scope = new TensorScope();
        using var plain = new Conv1d(2, 3, 5, padding: 2, dtype: DType.Float64, device: _device);
        using var limited = new BandLimitedConv1d(
            2, 3, 5, padding: 2, band: Band.Rate(50), dtype: DType.Float64, device: _device);
        limited.LoadStateDict(plain.StateDict());
        var x = GoldenTensors.Random([2, 2, 30], 2, _device, requiresGrad: false);
        var (direct, cut) = (plain.Forward(x).ToDoubles(), limited.Forward(x).ToDoubles());

        BandLimited.ConvertToDirect(limited);
        Assert.That(limited.Forward(x).ToDoubles(), Is.EqualTo(direct));
        Assert.That(limited.Band, Is.EqualTo(Band.Rate(50)), "kept for later");
        Assert.That(BandLimits.SetBand(limited, Band.Full), Is.Zero);

        BandLimited.Convert(limited, limited.Band);
        Assert.That(limited.Forward(x).ToDoubles(), Is.EqualTo(cut));
        BandLimited.Convert(plain, Band.Rate(50));
        Assert.That(plain.Forward(x).ToDoubles(), Is.EqualTo(cut));
    }

    [Test]
    public void A_checkpoint_of_one_loads_in_the_other()
    {
        using var scope = new TensorScope();
        using var plain = Images();
        using var converted = Images();
        BandLimited.Convert(converted, Band.Rate(30));
        var x = GoldenTensors.Random([1, 3, 9, 9], 3, _device);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ModelFile.Save(path, converted);
            Assert.That(ModelFile.Load(path, plain).Missing, Is.Empty);
            BandLimited.ConvertToDirect(converted);
            Assert.That(Run(plain, x).Y, Is.EqualTo(Run(converted, x).Y));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Layers_may_be_skipped_by_name_or_kind()
    {
        using var model = Images();
        Assert.That(BandLimited.Convert(model, Band.Rate(50), skip: (name, _) => name == "stem"), Is.EqualTo(2));
        Assert.That(BandLimits.Named(model).Select(n => n.Name), Is.EqualTo(new[] { "body.0", "body.1" }));
        BandLimited.ConvertToDirect(
            model, (_, layer) => layer is Conv2d { Weight: var weight } && weight.Shape[2] > 1);
        Assert.That(BandLimits.Named(model).Select(n => n.Name), Is.EqualTo(new[] { "body.1" }));
        var cut = ModelSummary.Of(model, 1, 3, 9, 9).Rows.Where(r => r.Kept > 0 && r.Kept < r.SpectrumElements);
        Assert.That(cut.Select(r => r.Layer), Is.EqualTo(new[] { "body.1" }), "the summary knows");
        Assert.That(model.Children["stem"].ToString(), Does.Not.Contain("rate"));
        Assert.That(((Sequential)model.Children["body"])[1].ToString(), Does.EndWith(", rate=50"));
    }

    private static (double[] Y, double[] Gradients) Run(Module model, Tensor x)
    {
        model.ZeroGrad();
        var y = model.Forward(x);
        Ops.Sum(Ops.Square(y)).Backward();
        return (y.ToDoubles(), [.. model.Parameters().SelectMany(p => p.Grad!.ToDoubles())]);
    }

    private Sequential Images()
    {
        Conv2d Conv(int inputs, int outputs, int kernel, int stride, int padding) => new(
            inputs, outputs, kernel, stride, padding, dtype: DType.Float64, device: _device,
            generator: new Generator((ulong)outputs));
        return new Sequential(
            ("stem", Conv(3, 4, 3, 1, 1)),
            ("body", new Sequential(Conv(4, 5, 1, 1, 0), Conv(5, 6, 3, 2, 1), new Tanh())));
    }
}
