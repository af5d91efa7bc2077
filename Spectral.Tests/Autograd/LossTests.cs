using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests.Autograd;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class LossTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> CrossEntropies => Golden.Names("layers", "cross_entropy");

    private static IEnumerable<string> LogSoftmaxes => Golden.Names("layers", "log_softmax");

    [Test]
    public void Cross_entropy_agrees_with_the_golden_cases(
        [ValueSource(nameof(CrossEntropies))] string name,
        [Values(DType.Float32, DType.Float64)] DType type)
    {
        using var scope = new TensorScope();
        var golden = Golden.Case("layers", name);
        using var x = Leaf(golden.Inputs["x"], type);
        var target = Tensor.From([.. golden.Inputs["target"].Data.Select(v => (int)v)],
            golden.Inputs["target"].Shape, _device);
        var mean = golden.Param("reduction").GetString() == "mean";
        var reduction = mean ? LossReduction.Mean : LossReduction.Sum;
        var smoothing = golden.Param("labelSmoothing").GetDouble();

        var loss = Ops.CrossEntropy(x, target, reduction, smoothing);
        loss.Backward();
        Agree(loss, golden.Outputs["loss"], "loss");
        Agree(x.Grad!, golden.Outputs["dx"], "dx");
        if (smoothing != 0)
            return;
        var twoSteps = Ops.NllLoss(Ops.LogSoftmax(x), target, reduction);
        Agree(twoSteps, golden.Outputs["loss"], "log softmax and nll");
    }

    [Test]
    public void Log_softmax_and_softmax_agree_with_the_golden_cases(
        [ValueSource(nameof(LogSoftmaxes))] string name,
        [Values(DType.Float32, DType.Float64)] DType type)
    {
        using var scope = new TensorScope();
        var golden = Golden.Case("layers", name);
        using var x = Leaf(golden.Inputs["x"], type);
        var y = Ops.LogSoftmax(x);
        y.Backward(Tensor.FromDoubles(golden.Inputs["dy"].Data, y.Shape, type, _device));
        Agree(y, golden.Outputs["y"], "y");
        Agree(x.Grad!, golden.Outputs["dx"], "dx");
        Agree(x.Softmax().Log(), golden.Outputs["y"], "log of softmax");
    }

    [Test]
    public void Large_scores_neither_overflow_nor_lose_the_loss()
    {
        using var scope = new TensorScope();
        var x = Tensor.FromDoubles([1e4, -1e4, 0, 3e4], [2, 2], DType.Float32, _device);
        var target = Tensor.From<int>([1, 1], [2], _device);
        var losses = Ops.CrossEntropy(x, target, LossReduction.None);
        Assert.That(losses.ToDoubles(), Is.EqualTo(new[] { 2e4, 0 }));
        Assert.That(x.Softmax().ToDoubles(), Is.EqualTo(new double[] { 1, 0, 0, 1 }));
    }

    [TestCase(3)]
    [TestCase(-1)]
    public void A_target_that_is_no_class_is_refused_wherever_it_was_made(int bad)
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([2, 3], device: _device);
        var fromHost = Tensor.From<int>([0, bad], [2], _device);
        var onDevice = Tensor.From<int>([0, bad, 0], [3], _device).Narrow(0, 0, 2);
        Assert.That(onDevice.Data.IntegerRange, Is.Null);
        foreach (var target in new[] { fromHost, onDevice })
        {
            var sentence = $"target {bad} · 0 to 2";
            Assert.That(() => Ops.CrossEntropy(x, target),
                Throws.TypeOf<InvalidInputException>().With.Message.Contains(sentence));
            Assert.That(() => Ops.NllLoss(x, target),
                Throws.TypeOf<InvalidInputException>().With.Message.Contains(sentence));
        }

        Assert.That(Ops.CrossEntropy(x, Tensor.From<int>([0, 2], [2], _device)).Item(),
            Is.EqualTo(Math.Log(3)).Within(1e-6));
    }

    [Test]
    public void Mean_squared_error_of_a_known_pair()
    {
        using var scope = new TensorScope();
        var a = Tensor.FromDoubles([1, 2, 3, 4], [2, 2], DType.Float64, _device);
        var b = Tensor.FromDoubles([1, 0, 3, 1], [2, 2], DType.Float64, _device);
        Assert.That(Ops.MseLoss(a, b).Item(), Is.EqualTo(13.0 / 4));
        Assert.That(Ops.MseLoss(a, b, LossReduction.Sum).Item(), Is.EqualTo(13));
        Assert.That(() => Ops.MseLoss(a, b.Flatten(0)), Throws.TypeOf<InvalidInputException>());
    }

    private Tensor Leaf(GoldenArray values, DType type)
    {
        var leaf = Tensor.FromDoubles(values.Data, values.Shape, type, _device);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static void Agree(Tensor actual, GoldenArray expected, string what)
    {
        Assert.That(actual.Shape, Is.EqualTo(new Shape(expected.Shape)), what);
        Closeness.AssertClose(actual.ToDoubles(), expected.Data,
            actual.DType == DType.Float64 ? Tolerances.LossDouble : Tolerances.LossFloat, what);
    }
}
