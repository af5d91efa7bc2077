using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Nn;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class PoolingTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> Cases() =>
        [.. Golden.Names("layers", "maxpool"), .. Golden.Names("layers", "avgpool"),
            .. Golden.Names("layers", "global_avgpool")];

    [Test]
    public void Goldens(
        [ValueSource(nameof(Cases))] string name, [Values(DType.Float32, DType.Float64)] DType type)
    {
        using var scope = new TensorScope();
        var golden = Golden.Case("layers", name);
        var tolerance = type == DType.Float32 ? Tolerances.PoolFloat : Tolerances.GoldenDouble;
        var x = golden.Inputs["x"].ToTensor(type, _device, requiresGrad: true);
        using var layer = Layer(golden);
        var y = layer.Forward(x);
        var dy = Tensor.FromDoubles(golden.Inputs["dy"].Data, y.Shape, type, _device);
        y.Backward(dy);
        Closeness.AssertClose(y.ToDoubles(), golden.Outputs["y"].Data, tolerance, $"{name}.y");
        Closeness.AssertClose(x.Grad!.ToDoubles(), golden.Outputs["dx"].Data, tolerance, $"{name}.dx");
        x.Grad.Dispose();
    }

    [TestCase(1, 1, 1, 0)]
    [TestCase(5, 2, 2, 0)]
    [TestCase(5, 3, 1, 1)]
    [TestCase(7, 3, 2, 1)]
    [TestCase(9, 4, 3, 2)]
    [TestCase(8, 2, 5, 1)]
    public void Gradients_in_one_dimension_are_exact(int length, int kernel, int stride, int padding)
    {
        using var x = GoldenTensors.Random([2, 3, length], 11, _device);
        Check(t => Ops.MaxPool1d(t[0], kernel, stride, padding), x);
        Check(t => Ops.AvgPool1d(t[0], kernel, stride, padding), x);
        Check(t => Ops.AvgPool1d(t[0], kernel, stride, padding, false), x);
        Check(t => Ops.GlobalAvgPool(t[0]), x);
    }

    [TestCase(1, 1, 1, 1, 1, 1, 0, 0)]
    [TestCase(4, 5, 2, 2, 2, 2, 0, 0)]
    [TestCase(5, 4, 3, 2, 1, 2, 1, 1)]
    [TestCase(6, 3, 3, 3, 2, 1, 1, 0)]
    [TestCase(3, 7, 1, 4, 1, 3, 0, 2)]
    [TestCase(5, 5, 2, 3, 3, 4, 1, 1)]
    public void Gradients_in_two_dimensions_are_exact(
        int height, int width, int kh, int kw, int sh, int sw, int ph, int pw)
    {
        using var x = GoldenTensors.Random([1, 2, height, width], 12, _device);
        Check(t => Ops.MaxPool2d(t[0], (kh, kw), (sh, sw), (ph, pw)), x);
        Check(t => Ops.AvgPool2d(t[0], (kh, kw), (sh, sw), (ph, pw)), x);
        Check(t => Ops.AvgPool2d(t[0], (kh, kw), (sh, sw), (ph, pw), false), x);
        Check(t => Ops.GlobalAvgPool(t[0], keepAxes: true), x);
    }

    [Test]
    public void The_first_maximum_wins_and_a_nan_beats_it()
    {
        using var scope = new TensorScope();
        var x = Tensor.From([2f, 2, 1, float.NaN, 5, -1, float.NegativeInfinity, float.NegativeInfinity],
            [1, 1, 8], _device);
        x.RequiresGrad = true;
        var y = Ops.MaxPool1d(x, 2);
        y.Backward(Tensor.From([1f, 2, 3, 4], [1, 1, 4], _device));
        Assert.That(y.ToArray<float>(), Is.EqualTo(new[] { 2, float.NaN, 5, float.NegativeInfinity }));
        Assert.That(x.Grad!.ToArray<float>(), Is.EqualTo(new float[] { 1, 0, 0, 2, 3, 0, 4, 0 }));
        x.Grad.Dispose();
    }

    /// <summary>Values of which most windows hold several equal ones, or several that are no numbers.</summary>
    [TestCase(2, 2, 0)]
    [TestCase(3, 2, 1)]
    [TestCase(4, 1, 2)]
    public void Of_equals_the_first_of_a_plane_wins_and_of_nans_the_last(int kernel, int stride, int padding)
    {
        var shape = new PoolShape(5, 9, 19, kernel, kernel, stride, stride, padding, padding);
        var random = new Random(3);
        var x = Enumerable.Range(0, (int)shape.InputLength)
            .Select(_ => random.Next(9) == 0 ? float.NaN : random.Next(3)).ToArray();
        var places = new int[shape.OutputLength];
        for (var i = 0; i < places.Length; i++)
        {
            var (plane, row, column) = (
                i / shape.OutputHeight / shape.OutputWidth, i / shape.OutputWidth % shape.OutputHeight,
                i % shape.OutputWidth);
            var best = -1;
            for (var h = (row * stride) - padding; h < (row * stride) - padding + kernel; h++)
                for (var w = (column * stride) - padding; w < (column * stride) - padding + kernel; w++)
                {
                    if (h < 0 || w < 0 || h >= shape.Height || w >= shape.Width)
                        continue;
                    var (place, from) = ((h * shape.Width) + w, plane * shape.Height * shape.Width);
                    if (best < 0 || x[from + place] > x[from + best] || float.IsNaN(x[from + place]))
                        best = place;
                }

            places[i] = best;
        }

        using var input = DeviceArray.From<float>(_device, x);
        using var y = new DeviceArray(_device, DType.Float32, shape.OutputLength);
        using var won = new DeviceArray(_device, DType.Int32, shape.OutputLength);
        Pooling.Max(input, y, won, shape);
        Assert.That(won.ToArray<int>(), Is.EqualTo(places));
    }

    [Test]
    public void Windows_that_do_not_fit_are_refused()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([1, 1, 4], device: _device);
        Assert.That(() => Ops.MaxPool1d(x, 5), Refused("planes no smaller"));
        Assert.That(() => Ops.AvgPool1d(x, 2, 1, 2), Refused("half a window"));
        Assert.That(() => Ops.MaxPool1d(x, 2, 0), Refused("1 or more"));
        Assert.That(() => Ops.MaxPool2d(x, (1, 1)), Refused("[N, C, H, W]"));
        Assert.That(() => new AdaptiveAvgPool1d(0), Refused("output size 0"));

        static NUnit.Framework.Constraints.Constraint Refused(string words) =>
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(words);
    }

    private static void Check(Func<Tensor[], Tensor> pool, Tensor x)
    {
        var report = GradCheck.Run(pool, [x]);
        Assert.That(report.Passed, Is.True, report.ToString());
    }

    private static Module Layer(GoldenCase golden)
    {
        if (golden.Name.StartsWith("global", StringComparison.Ordinal))
            return golden.Inputs["x"].Shape.Length == 3 ? new AdaptiveAvgPool1d() : new AdaptiveAvgPool2d();
        var (kernel, stride, padding) = (golden.Int("kernel"), golden.Int("stride"), golden.Int("padding"));
        return golden.Name.StartsWith("max", StringComparison.Ordinal)
            ? new MaxPool2d(kernel, stride, padding)
            : new AvgPool2d(kernel, stride, padding, golden.Param("countIncludePad").GetBoolean());
    }
}
