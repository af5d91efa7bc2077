using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

/// <summary>Every candidate on shapes that reach all its ways of reading and writing.</summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class DirectConvShapeTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly (string Name, ConvShape Shape)[] Shapes =
    [
        ("one element", new(1, 1, 1, new(1, 1), new(1, 1))),
        ("rows of two", Square(5, 3, 7, new(2, 3, 1, 1, 1))),
        ("rows of four", Square(3, 2, 6, new(4, 3, 1, 1, 1))),
        ("rows of eight", Square(2, 3, 5, new(8, 3, 1, 1, 1))),
        ("rows of sixteen", Square(1, 2, 13, new(16, 3, 1, 1, 1))),
        ("rows of seventeen", Square(2, 1, 3, new(17, 3, 1, 1, 1))),
        ("rows of seven", Square(3, 2, 8, new(7, 3, 1, 1, 1))),
        ("rows of fourteen", Square(2, 3, 7, new(14, 3, 1, 1, 1))),
        ("stride two", Square(2, 3, 4, new(9, 3, 2, 1, 1))),
        ("stride two, odd phases", Square(3, 2, 8, new(17, 3, 2))),
        ("stride two, even", Square(3, 2, 8, new(8, 3, 2, 1, 1))),
        ("one by one", Square(2, 5, 7, new(5, 1))),
        ("one by one, padded", Square(2, 5, 7, new(5, 1, 1, 1, 2))),
        ("one by one, stride two", Square(2, 5, 7, new(6, 1, 2))),
        ("stride beyond the filter", Square(2, 2, 3, new(11, 2, 5, 1))),
        ("more padding than filter", Square(1, 2, 3, new(5, 2, 1, 4, 3))),
        ("dilated", Square(2, 2, 3, new(9, 3, 1, 2, 2, 2))),
        ("dilated with stride", Square(1, 2, 3, new(11, 3, 2, 1, 1, 2))),
        ("end of the image unread", Square(1, 2, 2, new(7, 2, 3))),
        ("axes unlike", new(2, 3, 4, new(6, 3, 1, 1, 1), new(13, 2, 3, 0, 1))),
        ("several stretches", Square(2, 40, 9, new(4, 3, 1, 1, 1))),
        ("long filter", ConvShape.OneAxis(2, 2, 3, new(300, 280, 1, 3, 5))),
        ("series", ConvShape.OneAxis(3, 4, 10, new(50, 5, 1, 2, 2))),
        ("one channel", ConvShape.OneAxis(3, 1, 10, new(50, 5, 1, 2, 2))),
        ("one channel, dilated", ConvShape.OneAxis(20, 1, 33, new(40, 4, 1, 3, 5, 2))),
        ("one channel, long", ConvShape.OneAxis(3, 1, 7, new(700, 5, 1, 2, 1))),
        ("one channel, very long", ConvShape.OneAxis(2, 1, 18, new(2300, 3, 1, 1, 1))),
        ("small planes", new(21, 9, 13, new(2, 3, 1, 1, 1), new(3, 3, 1, 1, 1))),
        ("small planes, stride", new(17, 20, 8, new(4, 3, 2, 1, 1), new(5, 3, 2, 1, 0))),
        ("one channel, one output channel", ConvShape.OneAxis(2, 1, 1, new(16, 1))),
        ("three channels, long", ConvShape.OneAxis(2, 3, 40, new(33, 3, 1, 0, 1))),
        ("rows dealt out", Square(1, 3, 60, new(4, 3, 1, 1, 1))),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from shape in Shapes
        from type in new[] { DType.Float32, DType.Float64 }
        select new TestCaseData(shape.Shape, type).SetArgDisplayNames(shape.Name, type.ToString());

    [TestCaseSource(nameof(Cases))]
    public void Every_candidate_gives_the_sum_of_its_taps(ConvShape s, DType type)
    {
        var (x, w) = (Host.Random(1, (int)s.InputCount), Host.Random(2, (int)s.FilterCount));
        var (b, dy) = (Host.Random(3, s.K), Host.Random(4, (int)s.OutputCount));
        var (y, dx, dw) = (new double[dy.Length], new double[x.Length], new double[w.Length]);
        Walk(s, (iy, ix, iw) =>
        {
            y[iy] += x[ix] * w[iw];
            dx[ix] += dy[iy] * w[iw];
            dw[iw] += dy[iy] * x[ix];
        });
        for (var i = 0; i < y.Length; i++)
            y[i] += b[i / (s.Output.H * s.Output.W) % s.K];

        using var ax = Host.Upload(_device, type, x);
        using var aw = Host.Upload(_device, type, w);
        using var ab = Host.Upload(_device, type, b);
        using var ady = Host.Upload(_device, type, dy);
        foreach (var name in DirectConv.LegalCandidates(_device, s))
        {
            AssertResult($"{name}: y", y, r => DirectConv.Forward(s, ax, aw, ab, r, name));
            AssertResult($"{name}: dx", dx, r => DirectConv.InputGradient(s, ady, aw, r, name));
            AssertResult($"{name}: dw", dw, r => DirectConv.FilterGradient(s, ax, ady, r, name));
        }

        void AssertResult(string what, double[] expected, Action<DeviceArray> run)
        {
            using var result = Host.Dirty(_device, type, expected.Length);
            run(result);
            var first = Host.Download(result);
            Closeness.AssertClose(
                first, expected, type == DType.Float32 ? Tolerances.GemmFloat : Tolerances.GemmDouble, what);
            run(result);
            Assert.That(Host.Download(result), Is.EqualTo(first), $"{what}: the same bits again");
        }
    }

    private static ConvShape Square(int n, int c, int k, ConvAxis axis) => new(n, c, k, axis, axis);

    /// <summary>Every product of the sums, by the indices of y, x and w.</summary>
    private static void Walk(ConvShape s, Action<int, int, int> visit)
    {
        for (var iy = 0; iy < s.OutputCount; iy++)
        {
            var (ow, oh) = (iy % s.Output.W, iy / s.Output.W % s.Output.H);
            var (k, n) = (iy / s.Output.W / s.Output.H % s.K, iy / s.Output.W / s.Output.H / s.K);
            for (var tap = 0; tap < s.Taps; tap++)
            {
                var (q, r, c) = (tap % s.Kernel.W, tap / s.Kernel.W % s.Kernel.H,
                    tap / s.Kernel.W / s.Kernel.H);
                var h = (oh * s.H.Stride) + (r * s.H.Dilation) - s.H.PadBefore;
                var w = (ow * s.W.Stride) + (q * s.W.Dilation) - s.W.PadBefore;
                if (h >= 0 && h < s.Input.H && w >= 0 && w < s.Input.W)
                    visit(iy, (((((n * s.C) + c) * s.Input.H) + h) * s.Input.W) + w, (k * s.Taps) + tap);
            }
        }
    }
}
