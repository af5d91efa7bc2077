using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests.Autograd;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class ElementwiseTests(string deviceId)
{
    private static readonly double[] Arguments = [-30, -3, -1, -0.5, -1e-3, 1e-3, 0.25, 1, 2, 3, 30];

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Op, Func<double, double> Host)>
        Functions = new()
        {
            ["relu"] = (Ops.Relu, v => Math.Max(v, 0)),
            ["leakyRelu"] = (x => Ops.LeakyRelu(x), v => v > 0 ? v : 0.01 * v),
            ["exp"] = (Ops.Exp, Math.Exp),
            ["log"] = (x => Ops.Log(Ops.Abs(x)), v => Math.Log(Math.Abs(v))),
            ["sqrt"] = (x => Ops.Sqrt(Ops.Abs(x)), v => Math.Sqrt(Math.Abs(v))),
            ["tanh"] = (Ops.Tanh, Math.Tanh),
            ["sigmoid"] = (Ops.Sigmoid, v => 1 / (1 + Math.Exp(-v))),
            ["gelu"] = (Ops.Gelu, v => v * 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-v / Math.Sqrt(2))),
            ["square"] = (Ops.Square, v => v * v),
            ["cube"] = (x => Ops.Pow(x, 3), v => v * v * v),
            ["power"] = (x => Ops.Pow(Ops.Abs(x), -1.5), v => Math.Pow(Math.Abs(v), -1.5)),
            ["arithmetic"] = (x => 2 - (((3 / x) + 1) * -0.5) - 4, v => 2 + (((3 / v) + 1) * 0.5) - 4),
        };

    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> Names => Functions.Keys;

    [TestCaseSource(nameof(Names))]
    public void Functions_agree_with_the_host(string name)
    {
        using var scope = new TensorScope();
        var (op, host) = Functions[name];
        var expected = Array.ConvertAll(Arguments, v => host(v));
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var actual = op(Tensor.FromDoubles(Arguments, [Arguments.Length], type, _device)).ToDoubles();
            var tolerance =
                type == DType.Float32 ? Tolerances.UnaryFloat : Tolerances.UnaryDouble;
            var errors = actual.Zip(expected, RelativeError).ToArray();
            var worst = Array.IndexOf(errors, errors.Max());
            Assert.That(errors[worst], Is.LessThanOrEqualTo(tolerance),
                $"{name}({Arguments[worst]}) in {type}: {actual[worst]:G17}");
            TestContext.Out.WriteLine($"{name} in {type}: worst error {errors[worst]:G3}");
        }
    }

    [Test]
    public void Broadcasting_agrees_with_the_host()
    {
        using var scope = new TensorScope();
        Shape[] shapes = [[2, 3, 4], [3, 1], [1], [4], [2, 1, 4], [1, 3, 1], [5, 1, 1, 1], []];
        foreach (var a in shapes)
            foreach (var b in shapes)
            {
                var (x, y) = (Counting(a, 1), Counting(b, 100));
                var sum = x - y;
                var actual = sum.ToDoubles();
                var expected = Enumerable.Range(0, sum.Length)
                    .Select(i => 1 + Source(i, sum.Shape, a) - (100.0 + Source(i, sum.Shape, b)));
                Assert.That(actual, Is.EqualTo(expected), $"{a} - {b}");
            }
    }

    [Test]
    public void A_long_row_is_shared_out_and_still_right()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([3, 10_007], device: _device);
        var y = x * Tensor.FromDoubles([2, 3, 4], [3, 1], DType.Float32, _device);
        Assert.That(y.Sum([1]).ToDoubles(), Is.EqualTo(new double[] { 20_014, 30_021, 40_028 }));
    }

    [Test]
    public void NaN_passes_relu_and_max_and_their_gradients_as_in_PyTorch()
    {
        using var scope = new TensorScope();
        var x = Tensor.FromDoubles([double.NaN, -1, 2], [3], DType.Float32, _device);
        x.RequiresGrad = true;
        var y = Ops.Relu(x);
        y.Backward(Tensor.Ones([3], device: _device));
        Assert.That(y.ToDoubles(), Is.EqualTo(new[] { double.NaN, 0, 2 }));
        Assert.That(x.Grad!.ToDoubles(), Is.EqualTo(new double[] { 1, 0, 1 }));
        Assert.That(x.Max().Item(), Is.NaN);
        Assert.That(x.ArgMax().ToArray<int>(), Is.EqualTo(new[] { 0 }));
        Assert.That(Ops.LeakyRelu(x).ToDoubles()[0], Is.NaN);
    }

    [Test]
    public void Anomaly_mode_names_the_operation_that_made_the_NaN()
    {
        using var scope = new TensorScope();
        using var anomaly = AnomalyMode.Detect();
        var x = Tensor.FromDoubles([-1, 4, 0], [3], DType.Float64, _device);
        Assert.That(() => Ops.Log(x.Relu() - 1), Throws.TypeOf<InvalidInputException>()
            .With.Message.StartsWith("[log] NaN at element 0"));
        x.RequiresGrad = true;
        var y = Ops.Sqrt(x.Relu());
        Assert.That(() => y.Backward(Tensor.Ones([3], DType.Float64, _device)),
            Throws.TypeOf<InvalidInputException>().With.Message.StartsWith("[sqrt] ∞ at element 0")
                .Or.Message.StartsWith("[sqrt] Infinity at element 0"));
    }

    [Test]
    public void Shapes_and_types_that_do_not_fit_are_refused()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([2, 3], device: _device);
        Assert.That(() => x + Tensor.Ones([2], device: _device), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => x * Tensor.Ones([2, 3], DType.Float64, _device),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("one real type"));
        Assert.That(() => x.Reshape(4, -1), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => x.Reshape(-1, -1), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => x.Narrow(1, 2, 2), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => x.Permute(0, 0), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => x.Sum([2]), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => Ops.Concat([x, Tensor.Ones([3, 3], device: _device)], 1),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("[concat]"));
    }

    private Tensor Counting(Shape shape, double first) => Tensor.From(
        [.. Enumerable.Range(0, shape.Elements).Select(i => first + i)], shape, _device);

    private static double RelativeError(double actual, double expected) =>
        Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), 1e-12);

    // Element of an operand that element i of the result reads.
    private static int Source(int i, Shape result, Shape operand)
    {
        var (element, stride) = (0, 1);
        for (var axis = 1; axis <= result.Rank; axis++)
        {
            var index = i % result[-axis];
            i /= result[-axis];
            if (axis > operand.Rank)
                continue;
            if (operand[-axis] > 1)
                element += index * stride;
            stride *= operand[-axis];
        }

        return element;
    }
}
