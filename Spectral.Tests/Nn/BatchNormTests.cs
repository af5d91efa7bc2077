using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests.Nn;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class BatchNormTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Goldens(
        [ValueSource(nameof(Cases))] string name,
        [Values(DType.Float32, DType.Float64)] DType type)
    {
        using var scope = new TensorScope();
        var golden = Golden.Case("layers", name);
        var tolerance = type == DType.Float32 ? Tolerances.NormFloat : Tolerances.GoldenDouble;
        using BatchNormLayer layer = name.EndsWith("1d", StringComparison.Ordinal)
            ? new BatchNorm1d(golden.Inputs["g"][0], dtype: type, device: _device)
            : new BatchNorm2d(golden.Inputs["g"][0], dtype: type, device: _device);
        layer.LoadStateDict(new Dictionary<string, Tensor>
        {
            ["weight"] = golden.Inputs["g"].ToTensor(type, _device),
            ["bias"] = golden.Inputs["b"].ToTensor(type, _device),
            ["running_mean"] = golden.Inputs["runningMean"].ToTensor(type, _device),
            ["running_var"] = golden.Inputs["runningVar"].ToTensor(type, _device),
            ["num_batches_tracked"] = Tensor.From([41], [], _device),
        });
        var training = name.Contains("train", StringComparison.Ordinal);
        layer.Train(training);
        var x = golden.Inputs["x"].ToTensor(type, _device, requiresGrad: true);
        var y = layer.Forward(x);
        y.Backward(golden.Inputs["dy"].ToTensor(type, _device));

        Close(y, "y");
        Close(x.Grad!, "dx");
        Close(layer.Weight!.Grad!, "dg");
        Close(layer.Bias!.Grad!, "db");
        if (training)
        {
            Close(layer.RunningMean!, "runningMean");
            Close(layer.RunningVar!, "runningVar");
        }

        Assert.That(layer.StateDict()["num_batches_tracked"].Item(), Is.EqualTo(training ? 42 : 41));
        x.Grad!.Dispose();

        void Close(Tensor actual, string output) => Closeness.AssertClose(
            actual.ToDoubles(), golden.Outputs[output].Data, tolerance, $"{name}.{output}");
    }

    private static IEnumerable<string> Cases() => Golden.Names("layers", "batchnorm");

    [TestCase(2, 1, 1)]
    [TestCase(5, 3, 1)]
    [TestCase(1, 2, 7)]
    [TestCase(3, 2, 9)]
    [TestCase(4, 1, 8)]
    [TestCase(2, 3, 17)]
    public void Gradients_are_exact(int batch, int channels, int inner)
    {
        using var x = GoldenTensors.Random([batch, channels, inner], 1, _device);
        using var gamma = GoldenTensors.Random([channels], 2, _device, mean: 1);
        using var beta = GoldenTensors.Random([channels], 3, _device);
        using var mean = GoldenTensors.Random([channels], 4, _device, requiresGrad: false);
        using var variance = Tensor.Full([channels], 0.7, DType.Float64, _device);
        Check(GradCheck.Run(t => Ops.BatchNorm(t[0], t[1], t[2]), [x, gamma, beta]));
        Check(GradCheck.Run(t => Ops.BatchNorm(t[0], null, null), [x]));
        Check(GradCheck.Run(t => Ops.BatchNormEvaluate(t[0], t[1], t[2], mean, variance), [x, gamma, beta]));

        static void Check(GradCheckReport report) => Assert.That(report.Passed, Is.True, report.ToString());
    }

    // The last has channels enough for every one to be a single part.
    [TestCase(64, 3, 50)]
    [TestCase(7, 40, 11)]
    [TestCase(300, 2, 1)]
    [TestCase(40, 3, 250)]
    [TestCase(3, 2100, 5)]
    public void Every_way_agrees_with_the_definition(int batch, int channels, int inner)
    {
        using var scope = new TensorScope();
        var shape = new NormShape(batch, channels, inner);
        var x = GoldenTensors.Random([batch, channels, inner], 5, _device, DType.Float32, 1000);
        var dy = GoldenTensors.Random([batch, channels, inner], 6, _device, DType.Float32);
        var gamma = GoldenTensors.Random([channels], 7, _device, DType.Float32);
        var beta = GoldenTensors.Random([channels], 8, _device, DType.Float32);
        var expected = Host(shape, x.ToDoubles(), dy.ToDoubles(), gamma.ToDoubles(), beta.ToDoubles());
        var (mean, invStd) = (Tensor.Like(gamma), Tensor.Like(gamma));
        var (y, dx, dGamma, dBeta) = (Tensor.Like(x), Tensor.Like(x), Tensor.Like(gamma), Tensor.Like(gamma));
        foreach (var way in BatchNorm.Ways(_device, shape))
        {
            using var runningMean = Tensor.Full([channels], 3, DType.Float32, _device);
            using var runningVar = Tensor.Full([channels], 2, DType.Float32, _device);
            BatchNorm.Moments(
                x.Data, shape, 1e-5, mean.Data, invStd.Data, runningMean.Data, runningVar.Data, 0.25, way);
            BatchNorm.Normalise(x.Data, y.Data, shape, mean.Data, invStd.Data, gamma.Data, beta.Data, way: way);
            BatchNorm.Gradient(x.Data, dy.Data, shape, mean.Data, invStd.Data, gamma.Data, beta.Data, false, true,
                dx.Data, dGamma.Data, dBeta.Data, way);
            Closeness.AssertClose(invStd.ToDoubles(), expected.InvStd, Tolerances.NormFloat, $"{way} invStd");
            Closeness.AssertClose(y.ToDoubles(), expected.Y, Tolerances.NormFloatFarMean, $"{way} y");
            Closeness.AssertClose(
                runningMean.ToDoubles(), [.. expected.Mean.Select(m => (0.75 * 3) + (0.25 * m))], Tolerances.NormFloat,
                $"{way} running mean");
            Closeness.AssertClose(
                runningVar.ToDoubles(),
                [.. expected.InvStd.Select(s => (0.75 * 2) + (0.25 * ((1 / (s * s)) - 1e-5) * shape.Count / (shape.Count - 1)))],
                Tolerances.NormFloat, $"{way} running variance");
            Closeness.AssertClose(dx.ToDoubles(), expected.Dx, Tolerances.NormFloatFarMean, $"{way} dx");
            Closeness.AssertClose(dBeta.ToDoubles(), expected.DBeta, Tolerances.NormFloat, $"{way} dBeta");
        }
    }

    [Test]
    public void One_pass_with_residual_and_relu_is_the_three_after_another(
        [Values] bool relu, [Values] bool residual, [Values] bool affine, [Values] bool training,
        [Values(DType.Float32, DType.Float64)] DType type)
    {
        var tolerance = type == DType.Float32 ? Tolerances.NormFloat : Tolerances.GoldenDouble;
        using var scope = new TensorScope();
        using var layer = new BatchNorm2d(5, affine: affine, dtype: type, device: _device);
        if (affine)
        {
            Init.Uniform(layer.Weight!, -1, 1, new Generator(1));
            Init.Uniform(layer.Bias!, -1, 1, new Generator(2));
        }

        layer.Train(training);
        var dy = GoldenTensors.Random([4, 5, 3, 7], 3, _device, type);
        var one = Run((x, shortcut) => layer.Forward(x, relu, residual ? shortcut : null));
        var three = Run((x, shortcut) =>
        {
            var normal = layer.Forward(x);
            var sum = residual ? normal + shortcut : normal;
            return relu ? Ops.Relu(sum) : sum;
        });
        Assert.That(one.Keys, Is.EqualTo(three.Keys));
        foreach (var (name, expected) in three)
            Closeness.AssertClose(one[name], expected, tolerance, name);
        if (relu)
            Assert.That(one["y"], Has.Some.Zero.And.Some.Positive.And.None.Negative);

        Dictionary<string, double[]> Run(Func<Tensor, Tensor, Tensor> forward)
        {
            layer.ZeroGrad();
            var x = GoldenTensors.Random([4, 5, 3, 7], 4, _device, type, requiresGrad: true);
            var shortcut = GoldenTensors.Random([4, 5, 3, 7], 5, _device, type, requiresGrad: true);
            var y = forward(x, shortcut);
            y.Backward(dy);
            var results = new Dictionary<string, double[]> { ["y"] = y.ToDoubles(), ["dx"] = x.Grad!.ToDoubles() };
            if (residual)
                results["dResidual"] = shortcut.Grad!.ToDoubles();
            foreach (var (name, parameter) in layer.NamedParameters())
                results[name] = parameter.Grad!.ToDoubles();
            x.Grad!.Dispose();
            shortcut.Grad?.Dispose();
            return results;
        }
    }

    [Test]
    public void A_rectified_normalisation_in_a_sequence_keeps_its_input_alone()
    {
        using var scope = new TensorScope();
        using var norm = new BatchNorm1d(3, device: _device);
        using var model = new Sequential(norm, new Relu(), new Relu());
        var x = GoldenTensors.Random([4, 3, 9], 6, _device, DType.Float32);
        var y = model.Forward(x);
        Assert.That(y.ToDoubles(), Is.EqualTo(Ops.Relu(norm.Forward(x)).ToDoubles()));
        Assert.That(MemoryReport.Of(norm.Forward(x, relu: true)).Saved.Select(r => r.Operation),
            Is.EqualTo(new[] { "batchnorm" }));
        Assert.That(MemoryReport.Of(y).Saved.Select(r => (r.Operation, r.Calls)),
            Is.EquivalentTo(new[] { ("batchnorm", 1), ("relu", 1) }));
    }

    [Test]
    public void Without_momentum_the_running_mean_is_the_plain_average()
    {
        using var scope = new TensorScope();
        using var layer = new BatchNorm1d(1, momentum: null, dtype: DType.Float64, device: _device);
        layer.Forward(Tensor.From<double>([1, 3], [2, 1], _device));
        layer.Forward(Tensor.From<double>([5, 7], [2, 1], _device));
        Assert.That(layer.RunningMean!.Item(), Is.EqualTo(4).Within(1e-14));
        Assert.That(layer.RunningVar!.Item(), Is.EqualTo(2).Within(1e-14));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        using var scope = new TensorScope();
        using var layer = new BatchNorm1d(3, device: _device);
        Assert.That(() => layer.Forward(Tensor.Ones([2, 4], device: _device)), Throws
            .TypeOf<InvalidInputException>().With.Message.Contains("C = 3"));
        Assert.That(() => layer.Forward(Tensor.Ones([2, 3, 4, 4], device: _device)), Throws
            .TypeOf<InvalidInputException>().With.Message.Contains("[N, C, L]"));
        Assert.That(() => layer.Forward(Tensor.Ones([1, 3], device: _device)), Throws
            .TypeOf<InvalidInputException>().With.Message.Contains("two elements"));
        Assert.That(
            () => layer.Forward(Tensor.Ones([2, 3], device: _device), true, Tensor.Ones([1, 3], device: _device)),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("residual"));
    }

    private static (double[] Mean, double[] Y, double[] InvStd, double[] Dx, double[] DBeta) Host(
        NormShape shape, double[] x, double[] dy, double[] gamma, double[] beta)
    {
        var (y, dx) = (new double[x.Length], new double[x.Length]);
        var (means, invStd, dBeta) = (
            new double[shape.Channels], new double[shape.Channels], new double[shape.Channels]);
        for (var c = 0; c < shape.Channels; c++)
        {
            int[] at = [.. Enumerable.Range(0, x.Length).Where(i => i / shape.Inner % shape.Channels == c)];
            var mean = means[c] = at.Average(i => x[i]);
            invStd[c] = 1 / Math.Sqrt(at.Average(i => (x[i] - mean) * (x[i] - mean)) + 1e-5);
            dBeta[c] = at.Sum(i => dy[i]);
            var dGamma = at.Sum(i => dy[i] * (x[i] - mean) * invStd[c]);
            foreach (var i in at)
            {
                var unit = (x[i] - mean) * invStd[c];
                y[i] = (unit * gamma[c]) + beta[c];
                dx[i] = gamma[c] * invStd[c] * (dy[i] - ((dBeta[c] + (unit * dGamma)) / at.Length));
            }
        }

        return (means, y, invStd, dx, dBeta);
    }
}
