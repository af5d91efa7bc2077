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
        Case(new Relu6(), v => Math.Clamp(v, 0, 6)),
        Case(new Elu(1.5), v => v > 0 ? v : 1.5 * (Math.Exp(v) - 1)),
        Case(new Selu(), v => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (Math.Exp(v) - 1))),
        Case(new Silu(), v => v / (1 + Math.Exp(-v))),
        Case(new Softplus(2), v => Math.Log(1 + Math.Exp(2 * v)) / 2),
        Case(new Mish(), v => v * Math.Tanh(Math.Log(1 + Math.Exp(v)))),
        Case(new Hardsigmoid(), v => Math.Clamp(v + 3, 0, 6) / 6),
        Case(new Hardswish(), v => v * Math.Clamp(v + 3, 0, 6) / 6),
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
    public void PRelu_has_a_slope_for_each_channel()
    {
        using var scope = new TensorScope();
        using var layer = new PRelu(2, 0.5, DType.Float64, _device);
        layer.Weight.Data.CopyFrom<double>([0.5, 0.1]);
        var y = layer.Forward(Tensor.From([-1.0, 2, 3, -4], [1, 2, 2], _device));
        Assert.That(y.ToDoubles(), Is.EqualTo(new[] { -0.5, 2, 3, -0.4 }).Within(1e-15));
        Assert.That(() => layer.Forward(Tensor.Zeros([2, 3], DType.Float64, _device)),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("[N, 2, …]"));
    }

    [Test]
    public void Adaptive_windows_divide_the_axis()
    {
        using var scope = new TensorScope();
        var x = Tensor.From([0.0, 1, 2, 3, 4, 5, 6], [1, 1, 7], _device);
        Assert.That(new AdaptiveAvgPool1d(3).Forward(x).ToDoubles(), Is.EqualTo(new[] { 1.0, 3, 5 }));
        Assert.That(new AdaptiveAvgPool1d(8).Forward(x).ToDoubles(),
            Is.EqualTo(new[] { 0, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6 }).Within(1e-15));
        var image = Tensor.From([.. Enumerable.Range(0, 15).Select(i => (double)i)], [1, 1, 3, 5], _device);
        Assert.That(new AdaptiveAvgPool2d((2, 3)).Forward(image).ToDoubles(),
            Is.EqualTo(new[] { 3, 4.5, 6, 8, 9.5, 11 }).Within(1e-14));
        Assert.That(new AdaptiveAvgPool2d().Forward(image).ToDoubles(), Is.EqualTo(new[] { 7.0 }));
        Assert.That(() => new AdaptiveAvgPool2d((0, 1)), Throws.TypeOf<InvalidInputException>());
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
