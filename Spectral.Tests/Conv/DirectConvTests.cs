using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class DirectConvTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> Names() => Golden.Names("conv");

    [TestCaseSource(nameof(Names))]
    public void Agrees_with_the_oracle(string golden)
    {
        var c = Golden.Case("conv", golden);
        var (x, w, dy) = (c.Inputs["x"], c.Inputs["w"], c.Inputs["dy"]);
        var (stride, padding) = (c.Int("stride"), c.Int("padding"));
        var shape = x.Shape.Length == 3
            ? ConvShape.OneAxis(x[0], x[1], w[0], new ConvAxis(x[2], w[2], stride, padding, padding))
            : new ConvShape(
                x[0], x[1], w[0], new ConvAxis(x[2], w[2], stride, padding, padding),
                new ConvAxis(x[3], w[3], stride, padding, padding));
        using var dx = Upload(x.Data);
        using var dw = Upload(w.Data);
        using var db = Upload(c.Inputs["b"].Data);
        using var dd = Upload(dy.Data);

        foreach (var name in DirectConv.LegalCandidates(_device, shape))
        {
            AssertResult("y", y => DirectConv.Forward(shape, dx, dw, db, y, name));
            AssertResult("dx", g => DirectConv.InputGradient(shape, dd, dw, g, name));
            AssertResult("dw", g => DirectConv.FilterGradient(shape, dx, dd, g, name));
        }

        AssertResult("db", g => DirectConv.BiasGradient(shape, dd, g));

        void AssertResult(string what, Action<DeviceArray> run)
        {
            var expected = c.Outputs[what].Data;
            using var result = Host.Dirty(_device, DType.Float64, expected.Length);
            run(result);
            Closeness.AssertClose(Host.Download(result), expected, Tolerances.GoldenDouble, what);
        }
    }

    [Test]
    public void Takes_the_images_in_chunks()
    {
        // Large enough that the scratch holds a part of the images only.
        var shape = ConvShape.OneAxis(5, 40, 3, new ConvAxis(900, 9, 1, 4, 4));
        var (x, w) = (Host.Random(1, (int)shape.InputCount), Host.Random(2, (int)shape.FilterCount));
        using var dx = Host.Upload(_device, DType.Float32, x);
        using var dw = Host.Upload(_device, DType.Float32, w);
        using var y = Host.Dirty(_device, DType.Float32, (int)shape.OutputCount);

        DirectConv.Forward(shape, dx, dw, null, y);

        var expected = new double[shape.OutputCount];
        for (var i = 0; i < expected.Length; i++)
        {
            var (o, k, n) = (i % 900, i / 900 % 3, i / 2700);
            for (var c = 0; c < 40; c++)
                for (var r = Math.Max(0, 4 - o); r < Math.Min(9, 904 - o); r++)
                    expected[i] += x[(((n * 40) + c) * 900) + o + r - 4] * w[(((k * 40) + c) * 9) + r];
        }

        Closeness.AssertClose(Host.Download(y), expected, Tolerances.GemmFloat);
    }

    /// <summary>More than a group of work-items holds in every direction, and less; taps in whole eights and not.</summary>
    [TestCase(3, 2, 21, 300, 9, 3)]
    [TestCase(2, 1, 16, 128, 8, 0)]
    [TestCase(5, 3, 5, 40, 5, 4)]
    [TestCase(1, 1, 133, 131, 32, 60)]
    [TestCase(9, 1, 3, 700, 4, 1)]
    public void Series_of_few_taps_agree_with_products(int n, int c, int k, int length, int taps, int padding)
    {
        var axis = new ConvAxis(length, taps, 1, padding, padding);
        var shape = ConvShape.OneAxis(n, c, k, axis);
        if (!_device.Quirks.RunsTiles)
        {
            Assert.That(DirectConv.LegalCandidates(_device, shape), Does.Not.Contain("series"));
            return;
        }

        AssertAgree(shape, ["series"]);
    }

    /// <summary>
    /// Around whole registers and tiles of outputs; channels in fours and not; taps in fours, fewer and more; images whose
    /// rows are shorter than a panel, and neighbouring output channels that fill one.
    /// </summary>
    [TestCase(3, 1, 8, 1, 16, 1, 8)]
    [TestCase(2, 1, 7, 1, 17, 1, 3)]
    [TestCase(3, 1, 5, 1, 32, 1, 9)]
    [TestCase(2, 1, 9, 1, 63, 1, 4)]
    [TestCase(2, 1, 64, 1, 65, 1, 8)]
    [TestCase(2, 2, 6, 1, 130, 1, 5)]
    [TestCase(3, 3, 10, 9, 11, 3, 3)]
    [TestCase(3, 7, 32, 12, 27, 3, 3)]
    [TestCase(2, 6, 64, 5, 33, 1, 2)]
    public void All_ways_agree_with_products(int n, int c, int k, int height, int width, int rows, int columns)
    {
        var shape = new ConvShape(
            n, c, k, new ConvAxis(height, rows, 1, rows / 2, rows / 2),
            new ConvAxis(width, columns, 1, columns / 2, (columns - 1) / 2));
        AssertAgree(shape, DirectConv.LegalCandidates(_device, shape));
    }

    [Test]
    public void Refuses_a_filter_that_does_not_fit()
    {
        using var a = new DeviceArray(_device, DType.Float32, 3);
        Assert.That(() => DirectConv.Forward(ConvShape.OneAxis(1, 1, 1, new ConvAxis(3, 5)), a, a, null, a),
            Throws.InstanceOf<InvalidInputException>());
    }

    private void AssertAgree(ConvShape shape, IReadOnlyList<string> ways)
    {
        using var x = Host.Upload(_device, DType.Float32, Host.Random(1, (int)shape.InputCount));
        using var w = Host.Upload(_device, DType.Float32, Host.Random(2, (int)shape.FilterCount));
        using var b = Host.Upload(_device, DType.Float32, Host.Random(3, shape.K));
        using var dy = Host.Upload(_device, DType.Float32, Host.Random(4, (int)shape.OutputCount));
        Compare("y", shape.OutputCount, (y, way) => DirectConv.Forward(shape, x, w, b, y, way));
        Compare("dx", shape.InputCount, (dx, way) => DirectConv.InputGradient(shape, dy, w, dx, way));
        Compare("dw", shape.FilterCount, (dw, way) => DirectConv.FilterGradient(shape, x, dy, dw, way));

        void Compare(string what, long count, Action<DeviceArray, string> run)
        {
            using var products = Host.Dirty(_device, DType.Float32, (int)count);
            run(products, "unfold");
            foreach (var way in ways)
            {
                using var result = Host.Dirty(_device, DType.Float32, (int)count);
                run(result, way);
                Closeness.AssertClose(
                    Host.Download(result), Host.Download(products), Tolerances.GemmFloat, $"{what} by {way}");
            }
        }
    }

    private DeviceArray Upload(double[] values) => Host.Upload(_device, DType.Float64, values);
}
