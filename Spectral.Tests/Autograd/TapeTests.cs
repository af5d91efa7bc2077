using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests.Autograd;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class TapeTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Relu_passes_the_gradient_check()
    {
        using var x = Leaf([-1.5, 0.5, 2, -0.25, 3, 1]);
        var report = GradCheck.Run(inputs => Ops.Relu(inputs[0]), [x]);
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.Entries, Is.EqualTo(36));
    }

    [Test]
    public void A_second_backward_pass_through_a_consumed_history_is_refused()
    {
        using var scope = new TensorScope();
        var y = Ops.Relu(Leaf([1]));
        y.Backward();
        Assert.That(() => y.Backward(), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains("retainGraph"));
    }

    [Test]
    public void A_scope_gives_back_everything_but_the_gradients_of_leaves()
    {
        using var x = Leaf([1, 2]);
        var before = _device.Pool.Statistics.BytesInUse;
        using (new TensorScope())
            Ops.Relu(Ops.Relu(x)).Backward(Tensor.Ones([2], DType.Float64, _device));
        Assert.That(_device.Pool.Statistics.BytesInUse - before, Is.EqualTo(256), "one size class: x.Grad");
        Assert.That(x.Grad!.ToDoubles(), Is.EqualTo(new double[] { 1, 1 }));
        x.Grad.Dispose();
    }

    private Tensor Leaf(double[] values)
    {
        var x = Tensor.From(values, [values.Length], _device);
        x.RequiresGrad = true;
        return x;
    }
}
