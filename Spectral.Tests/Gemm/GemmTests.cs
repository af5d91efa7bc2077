using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class GemmTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly (string Name, GemmShape Shape)[] Shapes =
    [
        ("one", new(1, 1, 1, 1)),
        ("lanes of one", new(1, 5, 3, 7)),
        ("lanes of four", new(2, 3, 6, 5)),
        ("lanes of eight", new(3, 6, 13, 9)),
        ("lanes of sixteen", new(1, 7, 37, 20)),
        ("several tiles", new(2, 70, 130, 33)),
        ("whole tiles", new(2, 132, 136, 24)),
        ("whole tiles, left transposed", GemmShape.LeftTransposed(132, 136, 24)),
        ("whole tiles, right transposed", GemmShape.Linear(132, 24, 136)),
        ("nothing to sum", new(1, 3, 9, 0)),
        ("linear", GemmShape.Linear(9, 21, 34)),
        ("left transposed", GemmShape.LeftTransposed(6, 11, 40)),
        ("cut in parts", GemmShape.LeftTransposed(5, 10, 1500)),
        ("cut and batched", new(2, 3, 9, 700)),
        ("panels", new(2, 200, 21, 70)),
        ("several stretches", new(2, 13, 50, 600)),
        ("rows dealt out", new(1, 150, 17, 300)),
        ("shared operands", new(3, 5, 18, 8)
        {
            A = (0, 8, 1), B = (8, 1, 24), C = (200, 30), Offset = (1, 2, 3),
        }),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from shape in Shapes
        from type in new[] { DType.Float32, DType.Float64 }
        select new TestCaseData(shape.Shape, type).SetArgDisplayNames(shape.Name, type.ToString());

    [TestCaseSource(nameof(Cases))]
    public void Overwrites_with_the_product(GemmShape shape, DType type)
    {
        foreach (var candidate in Gemm.LegalCandidates(_device, shape))
            Compare(shape, type, candidate, 1, false, GemmBias.None);
    }

    [TestCaseSource(nameof(Cases))]
    public void Scales_accumulates_and_adds_a_bias(GemmShape shape, DType type)
    {
        foreach (var candidate in Gemm.LegalCandidates(_device, shape))
        {
            Compare(shape, type, candidate, -0.75, true, GemmBias.Columns);
            Compare(shape, type, candidate, 2, false, GemmBias.Rows);
        }
    }

    [Test]
    public void Sums_the_products_of_a_batch()
    {
        var shape = new GemmShape(3, 5, 9, 7) { SumsBatch = true };
        var (a, b, c) = (Host.Random(1, 105), Host.Random(2, 189), Host.Random(3, 45));
        var expected = (double[])c.Clone();
        for (var i = 0; i < 45 * 21; i++)
        {
            var (n, l, m, p) = (i / 45 / 7, i / 45 % 7, i % 45 / 9, i % 9);
            expected[i % 45] += a[(n * 35) + (m * 7) + l] * b[(n * 63) + (l * 9) + p];
        }

        using var da = Host.Upload(_device, DType.Float64, a);
        using var db = Host.Upload(_device, DType.Float64, b);
        foreach (var candidate in Gemm.LegalCandidates(_device, shape))
        {
            using var dc = Host.Upload(_device, DType.Float64, c);
            Gemm.Multiply(shape, da, db, dc, accumulate: true, candidate: candidate);
            Closeness.AssertClose(Host.Download(dc), expected, Tolerances.GemmDouble, candidate);
        }
    }

    [Test]
    public void Gives_the_same_bits_twice()
    {
        var shape = GemmShape.LeftTransposed(5, 10, 1500);
        foreach (var candidate in Gemm.LegalCandidates(_device, shape))
            Assert.That(Once(), Is.EqualTo(Once()));

        double[] Once()
        {
            using var a = Host.Upload(_device, DType.Float32, Host.Random(7, 5 * 1500));
            using var b = Host.Upload(_device, DType.Float32, Host.Random(8, 10 * 1500));
            using var c = Host.Dirty(_device, DType.Float32, 50);
            Gemm.Multiply(shape, a, b, c);
            return Host.Download(c);
        }
    }

    [Test]
    public void Refuses_arrays_that_are_too_short()
    {
        using var small = new DeviceArray(_device, DType.Float32, 5);
        Assert.That(() => Gemm.Multiply(new(1, 2, 3, 4), small, small, small),
            Throws.InstanceOf<InvalidInputException>());
    }

    private void Compare(
        GemmShape s, DType type, string candidate, double alpha, bool accumulate, GemmBias along)
    {
        var a = Host.Random(1, s.Offset.A + ((s.Batch - 1) * s.A.Batch) + ((s.M - 1) * s.A.Row)
            + (Math.Max(0, s.L - 1) * s.A.L) + 1);
        var b = Host.Random(2, s.Offset.B + ((s.Batch - 1) * s.B.Batch) + (Math.Max(0, s.L - 1) * s.B.L)
            + ((s.P - 1) * s.B.Column) + 1);
        var length = s.Offset.C + ((s.Batch - 1) * s.C.Batch) + ((s.M - 1) * s.C.Row) + s.P;
        var before = accumulate ? Host.Random(3, length) : Enumerable.Repeat(double.NaN, length).ToArray();
        var bias = Host.Random(4, along == GemmBias.Rows ? s.M : s.P);
        using var da = Host.Upload(_device, type, a);
        using var db = Host.Upload(_device, type, b);
        using var dc = Host.Upload(_device, type, before);
        using var dbias = Host.Upload(_device, type, bias);

        Gemm.Multiply(
            s, da, db, dc, alpha, accumulate, along == GemmBias.None ? null : dbias, along, candidate);

        var result = Host.Download(dc);
        var (actual, expected) = (new List<double>(), new List<double>());
        var untouched = Enumerable.Repeat(true, length).ToArray();
        for (var n = 0; n < s.Batch; n++)
            for (var m = 0; m < s.M; m++)
                for (var p = 0; p < s.P; p++)
                {
                    var sum = 0.0;
                    for (var l = 0; l < s.L; l++)
                        sum += a[s.Offset.A + (n * s.A.Batch) + (m * s.A.Row) + (l * s.A.L)]
                            * b[s.Offset.B + (n * s.B.Batch) + (l * s.B.L) + (p * s.B.Column)];
                    var i = s.Offset.C + (n * s.C.Batch) + (m * s.C.Row) + p;
                    untouched[i] = false;
                    actual.Add(result[i]);
                    expected.Add((alpha * sum) + (accumulate ? before[i] : 0)
                        + along switch { GemmBias.Rows => bias[m], GemmBias.Columns => bias[p], _ => 0 });
                }

        Closeness.AssertClose([.. actual], [.. expected],
            type == DType.Float32 ? Tolerances.GemmFloat : Tolerances.GemmDouble, $"{candidate}: {s}");
        var kept = Host.Narrow(type, before);
        for (var i = 0; i < length; i++)
            if (untouched[i])
                Assert.That(result[i], Is.EqualTo(kept[i]), $"{candidate} wrote outside, at {i}");
    }
}
