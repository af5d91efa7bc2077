using NUnit.Framework;
using Spectral.Nn;

namespace Spectral.Tests.Models;

/// <summary>Parameter counts: torchvision's published ones, and those of PyTorch code for the CIFAR layouts.</summary>
public class ModelSizeTests
{
    private const ModelLayout ImageNet = ModelLayout.ImageNet;

    private static readonly ConvNetOptions Options = new() { Device = TestDevices.Get(TestDevices.Ids[^1]) };

    private static IEnumerable<TestCaseData> Networks() =>
    [
        Case("resnet18, torchvision", () => ResNet.ResNet18(1000, ImageNet, Options), 11_689_512),
        Case("resnet34, torchvision", () => ResNet.ResNet34(1000, ImageNet, Options), 21_797_672),
        Case("resnet50, torchvision", () => ResNet.ResNet50(1000, ImageNet, Options), 25_557_032),
        Case("densenet121, torchvision", () => DenseNet.DenseNet121(1000, ImageNet, options: Options), 7_978_856),
        Case("resnet18", () => ResNet.ResNet18(10, options: Options), 11_173_962),
        Case("resnet34", () => ResNet.ResNet34(10, options: Options), 21_282_122),
        Case("resnet50", () => ResNet.ResNet50(10, options: Options), 23_520_842),
        Case("densenet121", () => DenseNet.DenseNet121(100, options: Options), 1_035_268),
        Case("lenet, colour 32×32", () => new LeNet(options: Options), 62_006),
        Case("lenet, grey 28×28", () => new LeNet(10, (28, 28), options: Options with { InChannels = 1 }), 61_706),
        Case("vgg11", () => Vgg.Vgg11(options: Options), 9_231_114),
        Case("vgg13", () => Vgg.Vgg13(options: Options), 9_416_010),
        Case("vgg16", () => Vgg.Vgg16(options: Options), 14_728_266),
    ];

    [TestCaseSource(nameof(Networks))]
    public void Counts_are_those_of_PyTorch(Func<Module> build, int expected)
    {
        using var skip = Init.Skip();
        using var model = build();
        Assert.That(model.Parameters().Sum(p => (long)p.Length), Is.EqualTo(expected));
    }

    // vgg11_bn, vgg13_bn and vgg16_bn of torchvision, less what their classifiers of 4096 have more than 8.
    [TestCase(new[] { 64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0 }, 132_868_840)]
    [TestCase(new[] { 64, 64, 0, 128, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0 }, 133_053_736)]
    [TestCase(
        new[] { 64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0 }, 138_365_992)]
    public void Vgg_of_torchvision(int[] plan, int published)
    {
        static long Classifier(long hidden) =>
            (((512 * 49) + 1) * hidden) + ((hidden + 1) * hidden) + ((hidden + 1) * 1000);

        using var skip = Init.Skip();
        using var model = new Vgg(plan, 1000, ImageNet, hidden: 8, options: Options);
        Assert.That(
            model.Parameters().Sum(p => (long)p.Length) - Classifier(8) + Classifier(4096),
            Is.EqualTo(published));
    }

    [Test]
    public void Keys_are_torchvisions()
    {
        using var resnet = new ResNet([1, 1], 2, widths: [2, 3], options: Options);
        Assert.That(resnet.NamedParameters().Select(p => p.Key), Is.EqualTo(new[]
        {
            "conv1.weight", "bn1.weight", "bn1.bias",
            "layer1.0.conv1.weight", "layer1.0.bn1.weight", "layer1.0.bn1.bias",
            "layer1.0.conv2.weight", "layer1.0.bn2.weight", "layer1.0.bn2.bias",
            "layer2.0.conv1.weight", "layer2.0.bn1.weight", "layer2.0.bn1.bias",
            "layer2.0.conv2.weight", "layer2.0.bn2.weight", "layer2.0.bn2.bias",
            "layer2.0.downsample.0.weight", "layer2.0.downsample.1.weight", "layer2.0.downsample.1.bias",
            "fc.weight", "fc.bias",
        }));
    }

    [Test]
    public void Which_layers_are_band_limited_is_as_in_the_original()
    {
        int Limited(Module model)
        {
            using (model)
                return BandLimits.Of(model).Count();
        }

        using var skip = Init.Skip();
        Assert.That(Limited(ResNet.ResNet18(options: Options)), Is.EqualTo(17), "down-sampling stays direct");
        Assert.That(Limited(ResNet.ResNet18(options: Options with { BandLimitPointwise = true })), Is.EqualTo(20));
        Assert.That(Limited(DenseNet.DenseNet121(options: Options)), Is.EqualTo(120), "every convolution");
        Assert.That(Limited(DenseNet.DenseNet121(options: Options with { BandLimitPointwise = false })),
            Is.EqualTo(59));
    }

    private static TestCaseData Case(string name, Func<Module> build, int count) =>
        new TestCaseData(build, count).SetArgDisplayNames(name);
}
