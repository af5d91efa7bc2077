using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class PlaneMapTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly (int Planes, AxisMap H, AxisMap W)[] Maps =
    [
        (5, AxisMap.Identity(1), Axis(9, 4, 7, 1, 7, 9)), (1, Axis(1, 1, 1, 0, 1, 1), Axis(2, 1, 2, 0, 3, 3)),
        (7, Axis(4, 2, 4, 0, 4, 4), Axis(4, 3, 4, 0, 4, 4)), (3, Axis(10, 4, 8, 1, 10, 10), Axis(10, 5, 8, 1, 6, 6)),
        (40, Axis(18, 6, 16, 1, 18, 18), Axis(18, 9, 16, 1, 18, 18)),
        (2, Axis(34, 10, 32, 1, 33, 34), Axis(40, 7, 35, 2, 17, 20)),
        (2, Axis(8, 3, 5, 2, 3, 4), Axis(128, 40, 100, 3, 90, 128)),

        // Small enough for one matrix.
        (19, Axis(6, 2, 2, 1, 4, 6), Axis(8, 3, 3, 2, 5, 8)), (3, Axis(9, 5, 1, 0, 2, 9), Axis(4, 1, 2, 1, 4, 4)),

        // Rows alone, on their own circle, on a shorter one with a response, and wrapped.
        (13, AxisMap.Identity(1), Axis(50, 20, 40, 2, 44, 50)), (2, AxisMap.Identity(1), Axis(64, 13, 20, 2, 20, 64)),
        (9, AxisMap.Identity(1), Axis(256, 128, 70, 5, 80, 256)), (1, AxisMap.Identity(1), Axis(8, 5, 8, 0, 8, 8)),
        (3, AxisMap.Identity(1), Axis(45, 23, 9, 0, 11, 45)), (4, AxisMap.Identity(1), Axis(20, 7, 18, 2, 23, 20)),
        (7, Axis(3, 1, 1, 0, 1, 3), Axis(12, 5, 10, 1, 12, 12)),
        (5, AxisMap.Identity(1), Axis(1024, 300, 600, 1, 602, 1024)),

        // So many that they are taken in parts.
        (110_000, AxisMap.Identity(1), Axis(14, 5, 7, 1, 9, 14)),
        (60_000, AxisMap.Identity(1), Axis(64, 13, 7, 1, 7, 64)),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from map in Maps
        from type in new[] { DType.Float32, DType.Float64 }
        select new TestCaseData(map.Planes, map.H, map.W, type);

    [TestCaseSource(nameof(Cases))]
    public void Planes_are_low_passed_along_both_axes(int planes, AxisMap h, AxisMap w, DType type)
    {
        var x = Host.Random(1, planes * h.Length * w.Length);
        var (down, across) = (Matrix(h), Matrix(w));
        var expected = new double[planes * h.OutputLength * w.OutputLength];
        ForEach(planes, h, w, (o, i, row, column) => expected[o] += down[row] * across[column] * x[i]);

        using var from = Host.Upload(_device, type, x);
        foreach (var candidate in PlaneMap.LegalCandidates(_device, h, w))
        {
            using var to = Host.Dirty(_device, type, expected.Length);
            PlaneMap.Apply(planes, h, w, from, to, candidate);
            Closeness.AssertClose(Host.Download(to), expected, Tolerance(type), $"{candidate}: {h}, {w}");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void The_adjoint_is_the_transposed_matrix(int planes, AxisMap h, AxisMap w, DType type)
    {
        var dy = Host.Random(2, planes * h.OutputLength * w.OutputLength);
        var (down, across) = (Matrix(h), Matrix(w));
        var expected = new double[planes * h.Length * w.Length];
        ForEach(planes, h, w, (o, i, row, column) => expected[i] += down[row] * across[column] * dy[o]);

        using var from = Host.Upload(_device, type, dy);
        foreach (var candidate in PlaneMap.LegalCandidates(_device, h, w))
        {
            using var to = Host.Dirty(_device, type, expected.Length);
            PlaneMap.Adjoint(planes, h, w, from, to, candidate);
            Closeness.AssertClose(Host.Download(to), expected, Tolerance(type), $"{candidate}: {h}, {w}");
        }
    }

    /// <summary>Every pair of an output and an input of the same plane, with the elements of both matrices.</summary>
    private static void ForEach(int planes, AxisMap h, AxisMap w, Action<int, int, int, int> visit)
    {
        for (var plane = 0; plane < planes; plane++)
            for (var p = 0; p < h.OutputLength; p++)
                for (var q = 0; q < w.OutputLength; q++)
                    for (var i = 0; i < h.Length; i++)
                        for (var j = 0; j < w.Length; j++)
                            visit(
                                (((plane * h.OutputLength) + p) * w.OutputLength) + q,
                                (((plane * h.Length) + i) * w.Length) + j, (p * h.Length) + i, (q * w.Length) + j);
    }

    /// <summary>[output][input] by its definition: a wave of each kept bin, taken there and back.</summary>
    private static double[] Matrix(AxisMap map)
    {
        var values = new double[map.OutputLength * map.Length];
        for (var o = 0; o < map.OutputLength; o++)
            for (var i = 0; i < map.Length; i++)
                for (var bin = 0; bin < map.Band.Kept; bin++)
                {
                    // Whole turns are left out while the numbers are integers: no angle is rounded twice.
                    var points = (long)map.OutputCircle * map.Band.FftLength;
                    var apart = ((long)o * map.Band.FftLength) - ((long)(map.Start + i) * map.OutputCircle);
                    var turn = (double)(bin * apart % points) / points;
                    var both = bin == 0 || 2 * bin == map.Band.FftLength ? 1 : 2;
                    values[(o * map.Length) + i]
                        += both * Math.Cos(2 * Math.PI * turn) / map.Band.FftLength;
                }

        return values;
    }

    private static double Tolerance(DType type) =>
        type == DType.Float32 ? Tolerances.BandFloat : Tolerances.BandDouble;

    private static AxisMap Axis(int circle, int kept, int length, int start, int output, int outputCircle) =>
        new(new BandAxis(circle, kept), length, start, output, outputCircle);
}
