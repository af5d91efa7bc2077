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

    // Odd and even circles, one lane block and several, more and fewer series than work-items.
    private static IEnumerable<TestCaseData> Cases() =>
        from sizes in (int[][])[[16, 24, 128, 8, 1], [3, 24, 20, 8, 5], [40, 17, 7, 3, 4], [2, 61, 13, 5, 9]]
        from type in new[] { DType.Float32, DType.Float64 }
        select new TestCaseData(sizes, type);

    [TestCaseSource(nameof(Cases))]
    public void Agrees_with_the_transforms(int[] sizes, DType type)
    {
        var (n, length, k, filter, kept) = (sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]);
        var shape = ConvShape.OneAxis(n, 1, k, new ConvAxis(length, filter, 1, (filter - 1) / 2, filter / 2));
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
        Assert.That(LowPassedConv.LegalCandidates(_device, plan), Does.Contain("series"));
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
    public void Long_series_and_several_channels_go_step_by_step()
    {
        Assert.That(Legal(1, 150), Is.EqualTo(["steps"]));
        Assert.That(Legal(2, 24), Is.EqualTo(["steps"]));

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
        var smooth = new double[shape.N * padded];
        var y = new double[shape.OutputCount];
        var dx = new double[shape.InputCount];
        var filters = Enumerable.Range(0, shape.K)
            .Select(k => Spectrum(plan.W, w.AsSpan(k * axis.Kernel, axis.Kernel), 0)).ToArray();
        for (var n = 0; n < shape.N; n++)
        {
            var spectrum = Spectrum(plan.W, x.AsSpan(n * axis.Length, axis.Length), axis.PadBefore);
            var circle = Samples(plan.W, spectrum);
            for (var i = 0; i < padded; i++)
                smooth[(n * padded) + i] = circle[i % circle.Length];
            var gradient = new Complex[spectrum.Length];
            for (var k = 0; k < shape.K; k++)
            {
                var at = ((n * shape.K) + k) * outputs;
                var row = Samples(plan.W, [.. spectrum.Zip(filters[k], (a, f) => a * Complex.Conjugate(f))]);
                var d = Spectrum(plan.W, dy.AsSpan(at, outputs), 0);
                for (var o = 0; o < outputs; o++)
                    y[at + o] = row[o] + b[k];
                for (var f = 0; f < d.Length; f++)
                    gradient[f] += d[f] * filters[k][f];
            }

            Samples(plan.W, gradient).AsSpan(axis.PadBefore, axis.Length).CopyTo(dx.AsSpan(n * axis.Length));
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
