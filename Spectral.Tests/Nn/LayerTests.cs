using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Nn;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class LayerTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly double[] Inputs = [-2, -0.5, 0.25, 3];

    private static IEnumerable<TestCaseData> Functions() =>
    [
        Case(new Relu(), v => Math.Max(v, 0)),
        Case(new LeakyRelu(0.2), v => v > 0 ? v : 0.2 * v),
        Case(new Sigmoid(), v => 1 / (1 + Math.Exp(-v))),
        Case(new Tanh(), Math.Tanh),
        Case(new Identity(), v => v),
        Case(new Softmax(), v => Math.Exp(v) / Inputs.Sum(Math.Exp)),
        Case(new LogSoftmax(), v => v - Math.Log(Inputs.Sum(Math.Exp))),
    ];

    [TestCaseSource(nameof(Functions))]
    public void Layers_apply_their_function(Module layer, Func<double, double> function)
    {
        using var scope = new TensorScope();
        var y = layer.Forward(Tensor.From<double>(Inputs, [1, 4], _device));
        Closeness.AssertClose(
            y.ToDoubles(), [.. Inputs.Select(function)], Tolerances.GoldenDouble, layer.GetType().Name);
    }

    [Test]
    public void Flatten_joins_axes()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([2, 3, 4, 5], device: _device);
        Assert.That(new Flatten().Forward(x).Shape, Is.EqualTo(new Shape(2, 60)));
        Assert.That(new Flatten(0, 1).Forward(x).Shape, Is.EqualTo(new Shape(6, 4, 5)));
    }

    [Test]
    public void Linear_agrees_with_the_golden_case()
    {
        using var scope = new TensorScope();
        var golden = Golden.Case("layers", "linear");
        using var layer = new Linear(6, 5, dtype: DType.Float64, device: _device);
        layer.LoadStateDict(new Dictionary<string, Tensor>
        {
            ["weight"] = golden.Inputs["w"].ToTensor(DType.Float64, _device),
            ["bias"] = golden.Inputs["b"].ToTensor(DType.Float64, _device),
        });
        var y = layer.Forward(golden.Inputs["x"].ToTensor(DType.Float64, _device));
        y.Backward(golden.Inputs["dy"].ToTensor(DType.Float64, _device));
        var state = layer.StateDict();
        Close(y, "y");
        Close(state["weight"].Grad!, "dw");
        Close(state["bias"].Grad!, "db");

        void Close(Tensor actual, string output) => Closeness.AssertClose(
            actual.ToDoubles(), golden.Outputs[output].Data, Tolerances.GoldenDouble, output);
    }

    [Test]
    public void Dropout_drops_in_training_only()
    {
        using var scope = new TensorScope();
        using var layer = new Dropout(0.25, new Generator(1));
        var x = Tensor.Ones([4000], device: _device);
        var y = layer.Forward(x).ToDoubles();
        Assert.That(y.Distinct().Order(), Is.EqualTo(new[] { 0, 4 / 3.0 }).Within(1e-6));
        Assert.That(y.Count(v => v == 0), Is.EqualTo(1000).Within(100));
        layer.Eval();
        Assert.That(layer.Forward(x), Is.SameAs(x));
        Assert.That(() => new Dropout(1.5), Throws.TypeOf<InvalidInputException>());
    }

    [Test]
    public void Losses_agree_with_their_definitions()
    {
        using var scope = new TensorScope();
        var x = Tensor.From<double>(Inputs, [2, 2], _device);
        var target = Tensor.From([1, 0], [2], _device);
        double[] logs = [-0.5 - LogSum(-2, -0.5), 0.25 - LogSum(0.25, 3)];
        Assert.That(new CrossEntropyLoss().Forward(x, target).Item(),
            Is.EqualTo(-logs.Average()).Within(1e-12));
        Assert.That(new NllLoss(LossReduction.Sum).Forward(new LogSoftmax().Forward(x), target).Item(),
            Is.EqualTo(-logs.Sum()).Within(1e-12));
        Assert.That(new CrossEntropyLoss(0.5, LossReduction.Sum).Forward(x, target).Item(),
            Is.EqualTo(-((0.75 * logs.Sum()) + (0.25 * (-2 - LogSum(-2, -0.5) + 3 - LogSum(0.25, 3)))))
                .Within(1e-12));
        Assert.That(new MseLoss().Forward(x, Tensor.Zeros([2, 2], DType.Float64, _device)).Item(),
            Is.EqualTo(Inputs.Average(v => v * v)).Within(1e-12));

        static double LogSum(double a, double b) => Math.Log(Math.Exp(a) + Math.Exp(b));
    }

    private static TestCaseData Case(Module layer, Func<double, double> function) =>
        new TestCaseData(layer, function).SetArgDisplayNames(layer.GetType().Name);
}
