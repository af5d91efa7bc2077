using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class UnaryTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [TestCase(1)]
    [TestCase(63)]
    [TestCase(1025)]
    public void Relu_keeps_what_is_positive(int length)
    {
        var x = Enumerable.Range(0, length).Select(i => (float)Math.Sin(i)).ToArray();
        using var dx = DeviceArray.From<float>(_device, x);
        using var dy = new DeviceArray(_device, DType.Float32, length);

        Unary.Apply(UnaryKind.Relu, dx, dy);

        Assert.That(dy.ToArray<float>(), Is.EqualTo(x.Select(v => MathF.Max(v, 0))));
    }

    [Test]
    public void Exp_agrees_with_the_host_in_double()
    {
        double[] x = [-20, -1.5, 0, 1e-3, 1, 30];
        using var a = DeviceArray.From<double>(_device, x);
        Unary.Apply(UnaryKind.Exp, a, a);
        Assert.That(a.ToArray<double>(), Is.EqualTo(x.Select(Math.Exp)).Within(1e-13).Percent);
    }
}
