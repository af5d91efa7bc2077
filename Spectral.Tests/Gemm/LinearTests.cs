using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class LinearTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [TestCase(DType.Float64, Tolerances.GoldenDouble)]
    [TestCase(DType.Float32, Tolerances.GemmFloat)]
    public void Golden_linear(DType type, double tolerance)
    {
        using var scope = new TensorScope();
        var golden = Golden.Case("layers", "linear");
        Tensor Input(string name) => golden.Inputs[name].ToTensor(type, _device, requiresGrad: true);
        var (x, w, b) = (Input("x"), Input("w"), Input("b"));
        var y = Ops.Linear(x, w, b);
        y.Backward(golden.Inputs["dy"].ToTensor(type, _device));
        foreach (var (tensor, name) in new[] { (y, "y"), (x.Grad!, "dx"), (w.Grad!, "dw"), (b.Grad!, "db") })
            Closeness.AssertClose(tensor.ToDoubles(), golden.Outputs[name].Data, tolerance, name);
    }

    [TestCase(1, 1, 1)]
    [TestCase(1, 3, 2)]
    [TestCase(2, 1, 3)]
    [TestCase(3, 4, 1)]
    [TestCase(5, 2, 4)]
    [TestCase(2, 9, 3)]
    public void Gradients(int n, int inputs, int outputs)
    {
        using var scope = new TensorScope();
        Tensor[] operands =
        [
            GoldenTensors.Random([n, inputs], 1, _device), GoldenTensors.Random([outputs, inputs], 2, _device),
            GoldenTensors.Random([outputs], 3, _device),
        ];
        var report = GradCheck.Run(t => Ops.Linear(t[0], t[1], t[2]), operands);
        Assert.That(report.Passed, Is.True, report.ToString());
    }
}
