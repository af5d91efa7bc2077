using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests.Autograd;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class DropoutTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void The_mask_is_the_generator_s_and_the_same_backward()
    {
        using var scope = new TensorScope();
        const double probability = 0.3;
        var generator = new Generator(42, 5);
        generator.NextUInt32();
        var x = Tensor.Ones([7, 13], device: _device);
        x.RequiresGrad = true;
        var y = Ops.Dropout(x, probability, true, generator);
        y.Backward(Tensor.Full(y.Shape, 2, device: _device));

        // The word drawn first leaves block 0, so the mask starts with block 1.
        var oracle = new Generator(42, 5) { State = new GeneratorState(42, 5, 4) };
        var kept = Enumerable.Range(0, x.Length)
            .Select(_ => oracle.NextUInt32() >= probability * 4294967296.0).ToArray();
        var scale = (float)(1 / (1 - probability));
        Assert.That(y.ToArray<float>(), Is.EqualTo(kept.Select(k => k ? scale : 0)));
        Assert.That(x.Grad!.ToArray<float>(), Is.EqualTo(kept.Select(k => k ? scale * 2 : 0)));
        Assert.That(generator.Offset, Is.EqualTo(4 + 92), "91 elements take 23 blocks");
    }

    [Test]
    public void The_next_call_draws_another_mask_and_the_mean_stays()
    {
        using var scope = new TensorScope();
        var generator = new Generator(1);
        var x = Tensor.Ones([40_000], device: _device);
        var first = Ops.Dropout(x, 0.5, true, generator);
        var second = Ops.Dropout(x, 0.5, true, generator);
        Assert.That(second.ToDoubles(), Is.Not.EqualTo(first.ToDoubles()));
        // Four standard deviations of the mean of 40 000 values of variance 1.
        Assert.That(first.Mean().Item(), Is.EqualTo(1).Within(0.02));
        Assert.That(second.Mean().Item(), Is.EqualTo(1).Within(0.02));
    }

    [Test]
    public void Without_training_nothing_is_dropped_and_with_probability_1_everything()
    {
        using var scope = new TensorScope();
        var x = Tensor.FromDoubles([1, double.PositiveInfinity], [2], DType.Float32, _device);
        Assert.That(Ops.Dropout(x, 0.9, training: false).ToDoubles(), Is.EqualTo(x.ToDoubles()));
        Assert.That(Ops.Dropout(x, 1, true, new Generator(0)).ToDoubles(), Is.EqualTo(new double[] { 0, 0 }));
        Assert.That(() => Ops.Dropout(x, 1.5), Throws.TypeOf<InvalidInputException>());
    }
}
