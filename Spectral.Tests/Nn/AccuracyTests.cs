using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Nn;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class AccuracyTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [TestCase(1, 3)]
    [TestCase(2, 4)]
    [TestCase(4, 6)]
    public void Labels_among_the_largest_scores_are_hits(int top, int hits)
    {
        using var scope = new TensorScope();
        using var accuracy = new Accuracy(top);
        var first = Tensor.From([
            0.1f, 0.9f, 0, 0, // label 1: the largest
            0.5f, 0.5f, 0, 0, // label 1: equal to the lower class, so second
            0.2f, 0.2f, 0, 0, // label 0: equal to a higher class, so first
            float.NaN, 3, 2, 1, // label 3: below three others
        ], [4, 4], _device);
        var second = Tensor.From([
            1f, 2, 3, 4, // label 3
            float.NaN, 1, 1, 1, // label 0, not a number
            1f, 2, 3, 4, // label out of range
            0, -1, -2, -3, // label 3: the smallest
        ], [4, 4], _device);
        accuracy.Add(first, Tensor.From([1, 1, 0, 3], [4], _device));
        accuracy.Add(second, Tensor.From([3, 0, 4, 3], [4], _device));
        Assert.That(accuracy.Hits, Is.EqualTo(hits));
        Assert.That(accuracy.Value, Is.EqualTo(hits / 8.0));
        accuracy.Reset();
        Assert.That(accuracy.Value, Is.NaN);
    }

    [Test]
    public void Batches_that_do_not_match_are_refused()
    {
        using var scope = new TensorScope();
        using var accuracy = new Accuracy();
        Assert.That(
            () => accuracy.Add(Tensor.Ones([2, 3], device: _device), Tensor.From([1], [1], _device)),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("[2, 3] and labels [1]"));
    }
}
