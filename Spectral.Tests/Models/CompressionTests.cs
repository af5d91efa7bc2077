using System.Text.Json;
using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Models;

/// <summary>What the original's rates really discard of its ResNet-18, against the original's own table.</summary>
public class CompressionTests
{
    // The share depends on the ratios of the layers' input channels alone. An eighth of the widths is much
    // faster and has the same ratios, but for the stem with its 3 channels.
    private const int Narrowing = 8;

    [Test]
    public void ResNet18_discards_what_the_original_discards()
    {
        var device = TestDevices.Get(TestDevices.Ids[0]);
        using var noGrad = GradMode.NoGrad();
        using var skip = Init.Skip();
        using var model = new ResNet(
            [2, 2, 2, 2], 10, widths: [64 / Narrowing, 128 / Narrowing, 256 / Narrowing, 512 / Narrowing],
            options: new() { Device = device, FftSize = FftSizePolicy.Compatible });
        model.Eval();
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", "original_rules.json");
        using var rules = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Multiple(() =>
        {
            foreach (var row in rules.RootElement.GetProperty("resnet18Real").EnumerateArray())
                Assert.That(Discarded(model, device, row.GetProperty("rate").GetDouble()),
                    Is.EqualTo(row.GetProperty("realPercent").GetDouble()).Within(1e-12), row.ToString());
        });
    }

    private static double Discarded(ResNet model, ComputeDevice device, double rate)
    {
        using var scope = new TensorScope();
        BandLimits.SetBand(model, Band.Rate(rate));
        model.Forward(Tensor.Zeros([1, 3, 32, 32], device: device));
        long kept = 0, all = 0;
        foreach (var (name, layer) in BandLimits.Named(model))
        {
            var factor = name == "conv1" ? 1 : Narrowing;
            kept += factor * layer.SpectrumElements.Kept;
            all += factor * layer.SpectrumElements.All;
        }

        return 100 * (1 - (kept / (double)all));
    }
}
