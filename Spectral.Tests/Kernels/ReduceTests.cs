using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class ReduceTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    // One output and many terms; many outputs; columns, also fewer than eight and not a multiple of it;
    // segments that are full, short and several passes deep.
    [TestCase(1, 1, 1)]
    [TestCase(1, 300_000, 1)]
    [TestCase(7, 1025, 1)]
    [TestCase(2, 513, 3)]
    [TestCase(3, 129, 8)]
    [TestCase(1, 20_000, 13)]
    [TestCase(5, 4, 21)]
    [TestCase(600, 3, 1)]
    public void Sums_agree_with_the_host(int outer, int count, int inner)
    {
        var x = Values(outer * count * inner);
        var expected = new double[outer * inner];
        for (var i = 0; i < x.Length; i++)
            expected[(i / (count * inner) * inner) + (i % inner)] += (float)x[i];
        for (var i = 0; i < expected.Length; i++)
            expected[i] *= 0.5;

        using var wide = DeviceArray.From<double>(_device, [.. x.Select(v => (double)(float)v)]);
        using var narrow = DeviceArray.From<float>(_device, [.. x.Select(v => (float)v)]);
        using var y = new DeviceArray(_device, DType.Float64, expected.Length);
        using var z = new DeviceArray(_device, DType.Float32, expected.Length);
        Reduce.Sum(wide, y, outer, count, inner, 0.5);
        Reduce.Sum(narrow, z, outer, count, inner, 0.5);

        Closeness.AssertClose(y.ToArray<double>(), expected, Tolerances.ReduceDouble, "double");
        Closeness.AssertClose(
            Array.ConvertAll(z.ToArray<float>(), v => (double)v), expected, Tolerances.ReduceFloat, "float");
    }

    [Test]
    public void The_same_sum_twice_has_the_same_bits()
    {
        using var x = DeviceArray.From<float>(_device, [.. Values(100_003).Select(v => (float)v)]);
        using var first = new DeviceArray(_device, DType.Float32, 1);
        using var second = new DeviceArray(_device, DType.Float32, 1);
        Reduce.Sum(x, first, 1, x.Length, 1);
        Reduce.Sum(x, second, 1, x.Length, 1);
        Assert.That(second.ToArray<float>(), Is.EqualTo(first.ToArray<float>()));
    }

    [Test]
    public void Max_finds_the_first_of_equals_and_any_NaN()
    {
        float[] values = [1, 5, 5, 2, float.NaN, 9, float.NaN, -3, float.NegativeInfinity, -1, -1, -2];
        using var x = DeviceArray.From<float>(_device, values);
        using var y = new DeviceArray(_device, DType.Float32, 3);
        using var index = new DeviceArray(_device, DType.Int32, 3);
        Max.Find(x, y, index, 3, 4, 1);
        Assert.That(y.ToArray<float>(), Is.EqualTo(new[] { 5, float.NaN, -1 }));
        Assert.That(index.ToArray<int>(), Is.EqualTo(new[] { 1, 0, 1 }));
    }

    [Test]
    public void Lengths_that_do_not_fit_are_refused()
    {
        using var x = new DeviceArray(_device, DType.Float32, 6);
        using var y = new DeviceArray(_device, DType.Float32, 2);
        Assert.That(() => Reduce.Sum(x, y, 2, 4, 1), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains("[sum] 6 Float32 into 2"));
    }

    private static double[] Values(int length)
    {
        var generator = new Generator(11);
        return [.. Enumerable.Range(0, length).Select(_ => generator.NextUniform(-0.5, 1))];
    }
}
