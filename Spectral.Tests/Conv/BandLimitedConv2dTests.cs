using NUnit.Framework;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class BandLimitedConv2dTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> BandCases() => Golden.Names("bandconv", "band2d");

    private static IEnumerable<string> DirectCases() => Golden.Names("conv", "conv2d");

    [TestCaseSource(nameof(BandCases))]
    public void Golden_band_limited_convolutions(string name)
    {
        var golden = Golden.Case("bandconv", name);
        var (sizes, kept) = (golden.Param("fftSize"), golden.Param("kept"));
        BandAxis Axis(int i) => new(sizes[i].GetInt32(), kept[i].GetInt32());
        foreach (var method in ConvMethods.Legal(Axis(0).IsFull && Axis(1).IsFull, golden.Int("stride")))
            Check(golden, (x, w, b, settings) =>
                Ops.BandLimitedConv2d(x, w, b, settings, Axis(0), Axis(1), method));
    }

    [TestCaseSource(nameof(DirectCases))]
    public void Golden_direct_convolutions(string name) => Check(Golden.Case("conv", name), Ops.Conv2d);

    [TestCaseSource(nameof(DirectCases))]
    public void The_full_band_is_the_direct_convolution(string name)
    {
        var golden = Golden.Case("conv", name);
        foreach (var policy in Enum.GetValues<FftSizePolicy>())
            foreach (var method in ConvMethods.Legal(isFull: true, golden.Int("stride")))
                Check(golden, (x, w, b, settings) =>
                    Ops.BandLimitedConv2d(x, w, b, settings, Band.Full, policy, method));
    }

    /// <summary>Strides 1–3, paddings, odd and even circles, every pair of bands, on rectangular images.</summary>
    [Test]
    public void Input_and_filter_gradients_of_every_band(
        [Values(1, 2, 3)] int stride, [Values(0, 1)] int padding, [Values(0, 1)] int longer)
    {
        var height = new ConvAxis(4, 2, stride, padding, padding);
        var width = new ConvAxis(5, 3, 4 - stride, padding + 1, padding + 1);
        var (tall, wide) = (FftSize.Exact(height) + longer, FftSize.Exact(width) + longer);
        for (var rows = 1; rows <= FftSize.Half(tall); rows++)
            for (var columns = 1; columns <= FftSize.Half(wide); columns++)
                CheckGradients(height, width, new BandAxis(tall, rows), new BandAxis(wide, columns));
    }

    /// <summary>Two computations that share no code, on 200 random geometries.</summary>
    [Test]
    public void The_full_band_equals_the_direct_convolution_for_random_shapes([Range(1, 200)] int seed)
    {
        var random = new Random(seed);
        int One(int low, int high) => random.Next(low, high + 1);
        Size2 Pair(int low, int high) => (One(low, high), One(low, high));
        var (kernel, dilation) = (Pair(1, 4), Pair(1, 2));
        var settings = new Conv2dSettings(
            Pair(1, 3), Pair(0, 3), seed % 3 == 0 ? Pair(0, 3) : null, dilation, One(1, 2),
            seed % 5 == 0 ? PaddingMode.Circular : PaddingMode.Zeros);
        var (n, c, k) = (One(1, 3), settings.Groups * One(1, 4), settings.Groups * One(1, 5));
        Size2 image = (One(Math.Max(3, kernel.H * dilation.H), 17), One(Math.Max(3, kernel.W * dilation.W), 17));
        Shape[] shapes =
        [
            [n, c, image.H, image.W], [k, c / settings.Groups, kernel.H, kernel.W], [k],
        ];
        using var scope = new TensorScope();
        Tensor[] one = Leaves(shapes, seed), other = Leaves(shapes, seed);
        var y = Ops.Conv2d(one[0], one[1], one[2], settings);
        var z = Ops.BandLimitedConv2d(
            other[0], other[1], other[2], settings, Band.Full,
            seed % 2 == 0 ? FftSizePolicy.Minimal : FftSizePolicy.Compatible, ConvMethod.Spectral);
        var dy = Leaves([y.Shape], seed + 1)[0];
        y.Backward(dy);
        z.Backward(dy);
        Closeness.AssertClose(z.ToDoubles(), y.ToDoubles(), Tolerances.GoldenDouble, $"y of {settings}");
        for (var i = 0; i < one.Length; i++)
            Closeness.AssertClose(
                other[i].Grad!.ToDoubles(), one[i].Grad!.ToDoubles(), Tolerances.GoldenDouble,
                $"gradient {i} of {settings}");
    }

    [Test]
    public void Circular_padding_continues_the_image()
    {
        using var scope = new TensorScope();
        var x = Tensor.From<double>([1, 2, 3, 4, 5, 6], [1, 1, 2, 3], _device);
        var w = Tensor.From<double>([1, 0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 3, 3], _device);
        var settings = new Conv2dSettings(1, 1, PaddingMode: PaddingMode.Circular);
        // The tap at the upper left sees what lies one row above and one column to the left.
        var expected = new double[] { 6, 4, 5, 3, 1, 2 };
        Assert.That(Ops.Conv2d(x, w, null, settings).ToDoubles(), Is.EqualTo(expected).Within(1e-12));
        Assert.That(
            Ops.BandLimitedConv2d(x, w, null, settings, Band.Full).ToDoubles(),
            Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void The_energy_band_is_the_smallest_that_holds_the_energy()
    {
        using var scope = new TensorScope();
        // A constant, and a wave of 3 periods down and 2 across: rows of 0 to 3, columns of 0 to 2.
        var values = Enumerable.Range(0, 16 * 16)
            .Select(i => 0.01 + Math.Cos(2 * Math.PI * ((3 * (i / 16)) + (2 * (i % 16))) / 16)).ToArray();
        var x = Tensor.From(values, [1, 1, 16, 16], _device);
        var w = Tensor.From<double>([1], [1, 1, 1, 1], _device);
        Ops.BandLimitedConv2d(x, w, null, new Conv2dSettings(), Band.Energy(99), FftSizePolicy.Minimal, null, null, out var plan);
        Assert.That((plan.H.Kept, plan.W.Kept), Is.EqualTo((4, 3)), plan.ToString());
        var y = Ops.BandLimitedConv2d(x, w, null, new Conv2dSettings(), Band.Energy(99));
        Assert.That(y.ToDoubles(), Is.EqualTo(values).Within(1e-12));
    }

    private void CheckGradients(ConvAxis height, ConvAxis width, BandAxis tall, BandAxis wide)
    {
        using var scope = new TensorScope();
        var inputs = Leaves(
            [[1, 2, height.Length, width.Length], [1, 2, height.Kernel, width.Kernel], [1]], 17);
        var settings = new Conv2dSettings(
            (height.Stride, width.Stride), (height.PadBefore, width.PadBefore));
        var report = GradCheck.Run(
            t => Ops.BandLimitedConv2d(t[0], t[1], t[2], settings, tall, wide, ConvMethod.Spectral), inputs, step: 1e-3);
        Assert.That(report.Passed, Is.True, $"{height} by {width}, {tall} by {wide}: {report}");
    }

    private Tensor[] Leaves(Shape[] shapes, int seed)
    {
        var random = new Generator((ulong)seed);
        return [.. shapes.Select(shape =>
        {
            var values = new double[shape.Elements];
            for (var i = 0; i < values.Length; i++)
                values[i] = random.NextUniform(-1, 1);
            var leaf = Tensor.From(values, shape, _device);
            leaf.RequiresGrad = true;
            return leaf;
        })];
    }

    private void Check(GoldenCase golden, Func<Tensor, Tensor, Tensor, Conv2dSettings, Tensor> convolve)
    {
        foreach (var type in (DType[])[DType.Float64, DType.Float32])
        {
            using var scope = new TensorScope();
            Tensor Input(string input) => golden.Inputs[input].ToTensor(type, _device);
            var (x, w, b) = (Input("x"), Input("w"), Input("b"));
            x.RequiresGrad = w.RequiresGrad = b.RequiresGrad = true;
            var y = convolve(x, w, b, new Conv2dSettings(golden.Int("stride"), golden.Int("padding")));
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

    /// <summary>Otherwise a band would need more memory than none.</summary>
    [Test]
    public void A_low_passed_input_is_not_kept_beside_the_input()
    {
        using var scope = new TensorScope();
        var x = Tensor.Ones([2, 3, 8, 8], DType.Float32, _device);
        var weight = Tensor.Ones([4, 3, 3, 3], DType.Float32, _device);
        (x.RequiresGrad, weight.RequiresGrad) = (true, true);
        var y = Ops.BandLimitedConv2d(
            x, weight, null, new Conv2dSettings { Padding = 1 }, Band.Rate(50), method: ConvMethod.LowPass);
        Assert.That(MemoryReport.Of(y).SavedBytes, Is.EqualTo(4L * (x.Length + weight.Length)));
    }

    /// <summary>This one has a stride and is direct without a band.</summary>
    [Test]
    public void A_spectrum_is_made_again_where_a_direct_convolution_would_keep_its_input_alone()
    {
        Shape[] shapes = [[2, 16, 8, 8], [32, 16, 3, 3]];
        using var scope = new TensorScope();
        Tensor[] one = Leaves(shapes, 1), other = Leaves(shapes, 1);
        var (y, z) = (Run(one, ConvMethod.Spectral), Run(other, ConvMethod.LowPass));
        Assert.That(MemoryReport.Of(y).SavedBytes, Is.EqualTo(sizeof(double) * (one[0].Length + one[1].Length)));

        var dy = Leaves([y.Shape], 2)[0];
        y.Backward(dy);
        z.Backward(dy);
        for (var i = 0; i < one.Length; i++)
            Closeness.AssertClose(
                other[i].Grad!.ToDoubles(), one[i].Grad!.ToDoubles(), Tolerances.GoldenDouble, $"gradient {i}");

        static Tensor Run(Tensor[] leaves, ConvMethod method) => Ops.BandLimitedConv2d(
            leaves[0], leaves[1], null, new Conv2dSettings { Stride = 2, Padding = 1 }, Band.Rate(20), method: method);
    }
}
