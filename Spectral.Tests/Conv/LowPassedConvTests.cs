using System.Numerics;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

/// <summary>Every way of a low-passed convolution against transforms by definition.</summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class LowPassedConvTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [TestCase(16, 2, 17)]
    [TestCase(15, 2, 17)]
    [TestCase(16, 1, 18)]
    public void What_a_stride_leaves_unread_is_not_made(int length, int stride, int read)
    {
        var axis = new ConvAxis(length, 3, stride, 1, 1);
        var plan = BandConvPlan.For(new ConvShape(2, 3, 4, axis, axis), 2, Band.Rate(50), FftSizePolicy.Minimal);
        Assert.That(plan.AfterMaps.W.Length, Is.EqualTo(read));
        Assert.That(plan.AfterMaps.Output, Is.EqualTo(plan.Shape.Output));
    }

    // Odd and even circles, one lane block and several, more and fewer series than work-items; on GPUs gradients of short
    // series in one launch, several channels, more samples than a group holds.
    private static IEnumerable<TestCaseData> Cases() =>
        from sizes in (int[][])[
            [16, 1, 24, 128, 8, 1], [3, 1, 24, 20, 8, 5], [40, 1, 17, 7, 3, 4], [2, 1, 61, 13, 5, 9], [9, 1, 150, 6, 8, 21],
            [3, 3, 26, 40, 4, 7], [2, 3, 150, 35, 9, 20], [1, 1, 1300, 5, 32, 300]]
        from type in new[] { DType.Float32, DType.Float64 }
        select new TestCaseData(sizes, type);

    [TestCaseSource(nameof(Cases))]
    public void Agrees_with_the_transforms(int[] sizes, DType type)
    {
        var (n, c, length, k, filter, kept) = (sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5]);
        Check(ConvShape.OneAxis(n, c, k, new ConvAxis(length, filter, 1, (filter - 1) / 2, filter / 2)), kept, type);
    }

    [Test]
    public void Series_go_in_fours_where_every_core_has_as_many() => Check(
        ConvShape.OneAxis((4 * _device.Limits.Cores) + 1, 1, 9, new ConvAxis(30, 3, 1, 1, 1)), 6, DType.Float32);

    // Back through the low-pass to fewer samples than lanes.
    [Test]
    public void Padding_may_be_longer_than_the_series() =>
        Check(ConvShape.OneAxis(3, 1, 6, new ConvAxis(5, 4, 1, 10, 10)), 4, DType.Float32);

    // Few outputs, many taps: what these have of the outputs lies as far apart as the samples are many.
    [Test]
    public void Filters_may_be_nearly_as_long_as_the_series() =>
        Check(ConvShape.OneAxis(2, 1, 5, new ConvAxis(150, 120, 1, 0, 0)), 9, DType.Float32);

    private void Check(ConvShape shape, int kept, DType type)
    {
        var k = shape.K;
        var size = FftSize.Exact(shape.W);
        var plan = new BandConvPlan(shape, new BandAxis(1, 1), new BandAxis(size, kept));
        var x = Host.Random(1, (int)shape.InputCount);
        var w = Host.Random(2, (int)shape.FilterCount);
        var b = Host.Random(3, k);
        var dy = Host.Random(4, (int)shape.OutputCount);
        var (smooth, y, dx) = Expected(plan, x, w, b, dy);

        using var ux = Host.Upload(_device, type, x);
        using var uw = Host.Upload(_device, type, w);
        using var ub = Host.Upload(_device, type, b);
        using var ud = Host.Upload(_device, type, dy);
        var tolerance = type == DType.Float32 ? Tolerances.ConvFloat : Tolerances.GoldenDouble;
        foreach (var candidate in LowPassedConv.LegalCandidates(_device, plan))
        {
            using var gotSmooth = Host.Dirty(_device, type, smooth.Length);
            using var gotY = Host.Dirty(_device, type, y.Length);
            using var gotDx = Host.Dirty(_device, type, dx.Length);
            LowPassedConv.Forward(plan, ux, gotSmooth, uw, ub, gotY, candidate);
            LowPassedConv.InputGradient(plan, ud, uw, gotDx, candidate);
            Closeness.AssertClose(Host.Download(gotSmooth), smooth, tolerance, $"{candidate}: low-passed");
            Closeness.AssertClose(Host.Download(gotY), y, tolerance, $"{candidate}: y");
            Closeness.AssertClose(Host.Download(gotDx), dx, tolerance, $"{candidate}: dx");
        }
    }

    [Test]
    public void Series_of_few_channels_have_ways_of_their_own()
    {
        var tiles = _device.Quirks.RunsTiles ? (string[])["series"] : [];
        var loops = _device.Quirks.PrefersVectorLoops ? (string[])["few"] : [];
        Assert.That(Legal(1, 24), Is.EqualTo((string[])[.. loops, .. tiles, "steps"]));
        Assert.That(Legal(1, 150), Is.EqualTo((string[])[.. loops, .. tiles, "steps"]));
        Assert.That(Legal(1, 700), Does.Not.Contain("few"));
        Assert.That(Legal(2, 24), Is.EqualTo((string[])[.. tiles, "steps"]));
        Assert.That(Legal(5, 24), Is.EqualTo(["steps"]));

        IReadOnlyList<string> Legal(int channels, int length) => LowPassedConv.LegalCandidates(_device, BandConvPlan.For(
            ConvShape.OneAxis(16, channels, 128, new ConvAxis(length, 8, 1, 3, 3)), 1, Band.Rate(50),
            FftSizePolicy.Minimal));
    }

    [Test]
    public void Refuses_arrays_of_other_sizes()
    {
        var plan = BandConvPlan.For(
            ConvShape.OneAxis(2, 1, 3, new ConvAxis(24, 8, 1, 3, 3)), 1, Band.Rate(50), FftSizePolicy.Minimal);
        using var a = new DeviceArray(_device, DType.Float32, 5);
        Assert.That(() => LowPassedConv.Forward(plan, a, a, a, null, a),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("low-passed convolution"));
    }

    private static (double[] Smooth, double[] Y, double[] Dx) Expected(
        BandConvPlan plan, double[] x, double[] w, double[] b, double[] dy)
    {
        var (shape, axis) = (plan.Shape, plan.Shape.W);
        var (padded, outputs) = (plan.AfterMaps.W.Length, axis.Output);
        var smooth = new double[shape.N * shape.C * padded];
        var y = new double[shape.OutputCount];
        var dx = new double[shape.InputCount];
        for (var i = 0; i < y.Length; i++)
            y[i] = b[i / outputs % shape.K];
        for (var row = 0; row < shape.N * shape.C; row++)
        {
            var (n, c) = (row / shape.C, row % shape.C);
            var spectrum = Spectrum(plan.W, x.AsSpan(row * axis.Length, axis.Length), axis.PadBefore);
            var circle = Samples(plan.W, spectrum);
            for (var i = 0; i < padded; i++)
                smooth[(row * padded) + i] = circle[i % circle.Length];
            var gradient = new Complex[spectrum.Length];
            for (var k = 0; k < shape.K; k++)
            {
                var filter = Spectrum(plan.W, w.AsSpan(((k * shape.C) + c) * axis.Kernel, axis.Kernel), 0);
                var at = ((n * shape.K) + k) * outputs;
                var result = Samples(plan.W, [.. spectrum.Zip(filter, (a, f) => a * Complex.Conjugate(f))]);
                var d = Spectrum(plan.W, dy.AsSpan(at, outputs), 0);
                for (var o = 0; o < outputs; o++)
                    y[at + o] += result[o];
                for (var f = 0; f < d.Length; f++)
                    gradient[f] += d[f] * filter[f];
            }

            Samples(plan.W, gradient).AsSpan(axis.PadBefore, axis.Length).CopyTo(dx.AsSpan(row * axis.Length));
        }

        return (smooth, y, dx);
    }

    private static Complex[] Spectrum(BandAxis axis, ReadOnlySpan<double> row, int start)
    {
        var circle = new double[axis.FftLength];
        row.CopyTo(circle.AsSpan(start));
        var spectrum = ReferenceDft.ForwardReal(circle);
        spectrum.AsSpan(axis.Kept).Clear();
        return spectrum;
    }

    private static double[] Samples(BandAxis axis, Complex[] spectrum) =>
        ReferenceDft.InverseReal(spectrum, axis.FftLength);
}
