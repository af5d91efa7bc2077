using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class PreparedFiltersTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Inference_transforms_the_filters_once_until_they_change()
    {
        using var layer = new BandLimitedConv2d(
            3, 4, 3, padding: 1, band: Band.Rate(50), dtype: DType.Float64, device: _device,
            generator: new Generator(1))
        { Method = ConvMethod.Spectral };
        using var x = Tensor.Ones([2, 3, 8, 8], DType.Float64, _device);

        var (first, launches) = Infer();
        var (second, fewer) = Infer();
        Assert.That(second, Is.EqualTo(first));
        Assert.That(fewer, Is.LessThan(launches), "the filters' spectrum is kept");

        layer.Band = Band.Full;
        Assert.That(Infer().Y, Is.Not.EqualTo(first), "another band, another spectrum");

        layer.Band = Band.Rate(50);
        Init.Constant(layer.Weight, 0.5);
        Assert.That(Infer().Y, Is.Not.EqualTo(first), "other filters, another spectrum");
        Assert.That(Infer().Y, Is.EqualTo(Train()), "training computes the same and keeps nothing");
        Assert.That(Infer().Launches, Is.EqualTo(launches));

        (double[] Y, int Launches) Infer()
        {
            using var scope = new TensorScope();
            using var inference = GradMode.NoGrad();
            var profile = new KernelProfile();
            _device.Profile = profile;
            try
            {
                var y = layer.Forward(x);
                return (y.ToDoubles(), profile.Kernels.Sum(k => k.Launches));
            }
            finally
            {
                _device.Profile = null;
            }
        }

        double[] Train()
        {
            using var scope = new TensorScope();
            return layer.Forward(x).ToDoubles();
        }
    }
}
