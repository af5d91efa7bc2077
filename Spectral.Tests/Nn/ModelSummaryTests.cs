using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public class ModelSummaryTests
{
    private readonly ComputeDevice _device = TestDevices.Get("cpu");

    [Test]
    public void Layers_are_listed_with_shapes_parameters_and_multiply_adds()
    {
        using var model = new Sequential(
            ("conv", new Conv1d(2, 4, 3, padding: 1, device: _device)), ("relu", new Relu()),
            ("flat", new Flatten()), ("out", new Linear(4 * 16, 5, device: _device)));
        var summary = ModelSummary.Of(model, 3, 2, 16);

        var conv = summary.Rows.Single(r => r.Layer == "conv");
        Assert.Multiple(() =>
        {
            Assert.That(conv.Type, Is.EqualTo("Conv1d"));
            Assert.That(conv.OutputShape, Is.EqualTo(new[] { 3, 4, 16 }));
            Assert.That(conv.Parameters, Is.EqualTo((4 * 2 * 3) + 4));
            Assert.That(conv.MultiplyAdds, Is.EqualTo(3.0 * 4 * 16 * 2 * 3));
            Assert.That(conv.SavedBytes, Is.EqualTo(4 * 3 * 2 * 16), "the input");
            Assert.That(summary.Rows.Single(r => r.Layer == "out").MultiplyAdds, Is.EqualTo(3.0 * 64 * 5));
            Assert.That(summary.Parameters, Is.EqualTo(model.Parameters().Sum(p => (long)p.Length)));
            Assert.That(summary.ToString(), Does.Contain("multiply-adds").And.Contain("conv").And.Contain("peak"));
            Assert.That(summary.Peak.Total, Is.Positive);
        });
    }

    [Test]
    public void A_higher_rate_keeps_less_and_computes_less()
    {
        var summaries = new[] { 0.0, 50, 80 }.Select(rate =>
        {
            using var model = new Fcn(1, 3, Band.Rate(rate), width: FcnWidth.Small, device: _device);
            foreach (var layer in BandLimits.Of(model))
                layer.Method = ConvMethod.Spectral;
            return ModelSummary.Of(model, 4, 1, 60);
        }).ToList();
        Assert.That(summaries.Select(s => s.MultiplyAdds), Is.Ordered.Descending);
        Assert.That(summaries.Select(s => s.SavedBytes), Is.Ordered.Descending);
        Assert.That(summaries.Select(s => s.Parameters).Distinct().Count(), Is.EqualTo(1));
        var banded = summaries[1].Rows.Where(r => r.SpectrumElements > 0).ToList();
        Assert.That(banded.Select(r => r.Layer),
            Is.EqualTo(new[] { "features.conv1", "features.conv2", "features.conv3" }));
        Assert.That(banded.Select(r => r.Kept / (double)r.SpectrumElements), Is.All.InRange(0.4, 0.5));
    }

    [Test]
    public void The_model_is_afterwards_what_it_was()
    {
        using var model = new Fcn(1, 2, width: FcnWidth.Micro, device: _device);
        model.Eval();
        var first = model.Parameters().First();
        using var gradient = Tensor.Ones(first.Shape, device: _device);
        first.Grad = gradient;
        var before = State();
        ModelSummary.Of(model, 2, 1, 30);
        Assert.That(State(), Is.EqualTo(before));
        Assert.That(model.IsTraining, Is.False);
        Assert.That(first.Grad, Is.SameAs(gradient));
        Assert.That(model.Parameters().Skip(1).All(p => p.Grad is null));
        Assert.That(() => ModelSummary.Of(model, 5), Throws.TypeOf<InvalidInputException>());

        double[] State() => [.. model.StateDict().SelectMany(s => s.Value.ToDoubles())];
    }
}
