using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Models;

public class ModelZooTests
{
    private static readonly ComputeDevice Device = TestDevices.Get(TestDevices.Ids[0]);

    private static IEnumerable<string> ForImages => ModelZoo.Names.Where(n => !n.StartsWith("fcn"));

    [TestCaseSource(nameof(ForImages))]
    public void Every_model_of_images_is_built_for_its_data(string name)
    {
        using var scope = new TensorScope();
        using var skip = Init.Skip();
        using var model = ModelZoo.Create(Spec(name, [2, 32, 40]), Device, new Generator(1)).Eval();
        var logits = model.Forward(Tensor.Zeros([1, 2, 32, 40], device: Device));
        Assert.That(logits.Shape, Is.EqualTo(new Shape(1, 7)));
        Assert.That(BandLimits.Of(model).Select(l => l.Band).Distinct(), Is.EqualTo(new[] { Band.Rate(80) }));
        Assert.That(BandLimits.AchievedCompression(model), Is.InRange(0.6, 0.8));
    }

    [Test]
    public void Each_layer_may_have_a_rate_of_its_own()
    {
        using var skip = Init.Skip();
        using var model = ModelZoo.Create(
            Spec("lenet", [1, 28, 28], "rate=10", "rate=60"), Device, new Generator(1));
        Assert.That(BandLimits.Named(model).Select(l => $"{l.Name} {l.Layer.Band}"),
            Is.EqualTo(new[] { "conv1 rate=10", "conv2 rate=60" }));
    }

    [Test]
    public void A_wrong_number_of_rates_names_the_layers()
    {
        using var skip = Init.Skip();
        Assert.That(() => ModelZoo.Create(Spec("lenet", [1, 28, 28], "rate=10"), Device, new Generator(1)),
            Throws.TypeOf<InvalidInputException>().With.Message.EqualTo(
                "[rates] 1 of them · 2, one for each band-limited layer: conv1, conv2 · "
                + "give as many, or one for all"));
        using var resnet = new ResNet([2, 2, 2, 2], 10, widths: [2, 2, 2, 2], options: new() { Device = Device });
        Assert.That(() => BandLimits.SetBands(resnet, []),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("17, one for each")
                .And.Message.Contains("layer4.1.conv2 ·"));
    }

    [Test]
    public void Images_of_another_size_are_refused()
    {
        using var scope = new TensorScope();
        using var skip = Init.Skip();
        using var model = new LeNet(10, (28, 28), options: new() { InChannels = 1, Device = Device });
        Assert.That(() => model.Forward(Tensor.Zeros([1, 1, 32, 32], device: Device)),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("28, 28"));
        Assert.That(() => new LeNet(10, (11, 30)), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => new ResNet([2, 0], 10, widths: [4, 4]), Throws.TypeOf<InvalidInputException>());
    }

    private static ModelSpec Spec(string name, int[] shape, params string[] layerBands) => new(
        name, shape, ["a", "b", "c", "d", "e", "f", "g"], layerBands.Length > 0 ? "full" : "rate=80",
        FftSizePolicy.Minimal, DType.Float32, layerBands);
}
