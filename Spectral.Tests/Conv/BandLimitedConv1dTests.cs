using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class BandLimitedConv1dTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> BandCases() => Golden.Names("bandconv", "band1d");

    private static IEnumerable<string> DirectCases() => Golden.Names("conv", "conv1d");

    [TestCaseSource(nameof(BandCases))]
    public void Golden_band_limited_convolutions(string name)
    {
        var golden = Golden.Case("bandconv", name);
        var axis = new BandAxis(golden.Int("fftSize"), golden.Int("kept"));
        foreach (var method in ConvMethods.Legal(axis.IsFull, golden.Int("stride")))
            Check(golden, (x, w, b, settings) => Ops.BandLimitedConv1d(x, w, b, settings, axis, method));
    }

    [TestCaseSource(nameof(DirectCases))]
    public void Golden_direct_convolutions(string name) => Check(Golden.Case("conv", name), Ops.Conv1d);

    [TestCaseSource(nameof(DirectCases))]
    public void The_full_band_is_the_direct_convolution(string name)
    {
        var golden = Golden.Case("conv", name);
        foreach (var policy in Enum.GetValues<FftSizePolicy>())
            foreach (var method in ConvMethods.Legal(isFull: true, golden.Int("stride")))
                Check(golden, (x, w, b, settings) =>
                    Ops.BandLimitedConv1d(x, w, b, settings, Band.Full, policy, method));
    }

    /// <summary>Strides 1–3, every padding below the filter, odd and even circles, every band.</summary>
    [Test]
    public void Input_and_filter_gradients_of_every_band(
        [Values(1, 2, 3)] int stride, [Values(1, 2, 3)] int kernel, [Values(7, 8)] int length)
    {
        foreach (var padding in Enumerable.Range(0, kernel))
            foreach (var dilation in (int[])[1, 2])
            {
                var axis = new ConvAxis(length, kernel, stride, padding, padding, dilation);
                var size = FftSize.Exact(axis);
                foreach (var circle in (int[])[size, size + 1])
                    for (var kept = 1; kept <= FftSize.Half(circle); kept++)
                        CheckGradients(axis, circle, kept, checkBias: kept == 1);
            }
    }

    /// <summary>Uneven padding, strides and dilations: two computations that share no code.</summary>
    [Test]
    public void The_full_band_equals_the_direct_convolution_for_any_geometry(
        [Values(1, 2, 3)] int stride, [Values(1, 2)] int dilation, [Values(0, 3)] int before, [Values(0, 5)] int after)
    {
        using var scope = new TensorScope();
        var settings = new Conv1dSettings(stride, before, after, dilation);
        Tensor[] one = Operands(), other = Operands();
        var y = Ops.Conv1d(one[0], one[1], one[2], settings);
        var z = Ops.BandLimitedConv1d(
            other[0], other[1], other[2], settings, Band.Full, method: ConvMethod.Spectral);
        y.Backward(Tensor.Ones(y.Shape, y.DType, _device));
        z.Backward(Tensor.Ones(y.Shape, y.DType, _device));
        Closeness.AssertClose(z.ToDoubles(), y.ToDoubles(), Tolerances.GoldenDouble, "y");
        for (var i = 0; i < one.Length; i++)
            Closeness.AssertClose(
                other[i].Grad!.ToDoubles(), one[i].Grad!.ToDoubles(), Tolerances.GoldenDouble, $"gradient {i}");

        Tensor[] Operands()
        {
            var random = new Generator(5);
            return [Leaf([2, 3, 21], random), Leaf([4, 3, 4], random), Leaf([4], random)];
        }
    }

    [Test]
    public void The_energy_band_is_the_smallest_that_holds_the_energy()
    {
        using var scope = new TensorScope();
        var values = Enumerable.Range(0, 64).Select(i => Math.Cos(2 * Math.PI * 5 * i / 64) + 0.01).ToArray();
        var x = Tensor.From(values, [1, 1, 64], _device);
        var w = Tensor.From<double>([1], [1, 1, 1], _device);
        Ops.BandLimitedConv1d(x, w, null, new Conv1dSettings(), Band.Energy(99), FftSizePolicy.Minimal, null, null, out var plan);
        Assert.That(plan.W.Kept, Is.EqualTo(6), plan.ToString());
        var y = Ops.BandLimitedConv1d(
            x, w, null, new Conv1dSettings(), Band.Energy(100), FftSizePolicy.Minimal, null, null, out _);
        Assert.That(y.ToDoubles(), Is.EqualTo(values).Within(1e-12));
    }

    [Test]
    public void Shapes_that_do_not_fit_are_refused_in_one_sentence()
    {
        using var scope = new TensorScope();
        var x = Tensor.Zeros([2, 3, 4], device: _device);
        var w = Tensor.Zeros([5, 2, 3], device: _device);
        Assert.That(() => Ops.BandLimitedConv1d(x, w, null, new Conv1dSettings(), Band.Full),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("C/groups"));
        var longer = Tensor.Zeros([5, 3, 6], device: _device);
        Assert.That(() => Ops.BandLimitedConv1d(x, longer, null, new Conv1dSettings(), Band.Full),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("longer series"));
    }

    private void CheckGradients(ConvAxis axis, int circle, int kept, bool checkBias)
    {
        var random = new Generator(17);
        Tensor[] inputs =
        [
            Leaf([1, 2, axis.Length], random), Leaf([1, 2, axis.Kernel], random), Leaf([1], random),
        ];
        inputs[2].RequiresGrad = checkBias;
        var settings = new Conv1dSettings(axis.Stride, axis.PadBefore, null, axis.Dilation);
        var report = GradCheck.Run(
            t => Ops.BandLimitedConv1d(t[0], t[1], t[2], settings, new BandAxis(circle, kept), ConvMethod.Spectral), inputs, step: 1e-3);
        Assert.That(report.Passed, Is.True, $"{axis}, circle {circle}, {kept} bins: {report}");
        foreach (var input in inputs)
            input.Dispose();
    }

    private Tensor Leaf(Shape shape, Generator random)
    {
        var values = new double[shape.Elements];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextUniform(-1, 1);
        var leaf = Tensor.From(values, shape, _device);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private void Check(GoldenCase golden, Func<Tensor, Tensor, Tensor, Conv1dSettings, Tensor> convolve)
    {
        foreach (var type in (DType[])[DType.Float64, DType.Float32])
        {
            using var scope = new TensorScope();
            Tensor Input(string input) => golden.Inputs[input].ToTensor(type, _device);
            var (x, w, b) = (Input("x"), Input("w"), Input("b"));
            x.RequiresGrad = w.RequiresGrad = b.RequiresGrad = true;
            var settings = new Conv1dSettings(golden.Int("stride"), golden.Int("padding"));
            var y = convolve(x, w, b, settings);
            y.Backward(Input("dy"));
            AssertGolden(y, golden, "y");
            AssertGolden(x.Grad!, golden, "dx");
            AssertGolden(w.Grad!, golden, "dw");
            AssertGolden(b.Grad!, golden, "db");
        }
    }

    private static void AssertGolden(Tensor actual, GoldenCase golden, string output) => Closeness.AssertClose(
        actual.ToDoubles(), golden.Outputs[output].Data,
        actual.DType == DType.Float64 ? Tolerances.GoldenDouble : Tolerances.ConvFloat, $"{golden} {output}");
}
