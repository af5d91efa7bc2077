using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class FftPlanTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [TestCase(FftNorm.Backward, 1.0)]
    [TestCase(FftNorm.Ortho, 0.25)]
    [TestCase(FftNorm.Forward, 0.0625)]
    public void Norms_place_the_factor_and_keep_round_trips(FftNorm norm, double forwardFactor)
    {
        var values = Enumerable.Range(0, 16).Select(i => (double)((i * 7 % 11) - 5)).ToArray();
        using var x = DeviceArray.From<double>(_device, values);
        using var y = new DeviceArray(_device, DType.Float64, 18);
        using var back = new DeviceArray(_device, DType.Float64, 16);
        var plan = FftPlan<double>.Create(_device, 16, 1, norm);
        plan.ForwardReal(x.View<double>(), y.ComplexView<double>());
        plan.InverseReal(y.ComplexView<double>(), back.View<double>());
        Assert.That(y.ToArray<double>()[0], Is.EqualTo(values.Sum() * forwardFactor).Within(1e-13));
        Assert.That(back.ToArray<double>(), Is.EqualTo(values).Within(1e-13));
    }

    [Test]
    public void Imaginary_parts_that_do_not_exist_are_ignored([Values(5, 6, 74)] int n)
    {
        var clean = Enumerable.Range(0, 2 * ((n / 2) + 1)).Select(i => (double)(i % 5)).ToArray();
        clean[1] = 0;
        if (n % 2 == 0)
            clean[n + 1] = 0;
        var dirty = (double[])clean.Clone();
        dirty[1] = 1e6;
        if (n % 2 == 0)
            dirty[n + 1] = double.NaN;
        Assert.That(InverseReal(dirty, n), Is.EqualTo(InverseReal(clean, n)));
    }

    [Test]
    public void Rows_do_not_touch_each_other()
    {
        var values = new float[3 * 12];
        values[12] = float.NaN;
        using var x = DeviceArray.From<float>(_device, values);
        using var y = new DeviceArray(_device, DType.Float32, 3 * 14);
        Fft.ForwardReal(_device, x.View<float>(), y.ComplexView<float>(), 12, 3);
        var got = y.ToArray<float>();
        Assert.That(got[..14], Has.All.EqualTo(0f));
        Assert.That(got[14], Is.NaN);
        Assert.That(got[28..], Has.All.EqualTo(0f));
    }

    [Test]
    public void Nothing_is_allocated_once_warm()
    {
        using var x = new DeviceArray(_device, DType.Float32, 2 * 10000);
        void Step() => Fft.Forward(_device, x.ComplexView<float>(), x.ComplexView<float>(), 10000, 1);
        x.Clear();
        Step();
        var before = _device.Pool.Statistics.DeviceAllocations;
        Step();
        Assert.That(_device.Pool.Statistics.DeviceAllocations, Is.EqualTo(before));
    }

    [Test]
    public void Joins_an_accelerator_that_the_caller_made()
    {
        using var wrapped = ComputeDevice.Wrap(_device.Accelerator);
        using var x = DeviceArray.From<float>(wrapped, [1, 2, 3]);
        using var y = new DeviceArray(wrapped, DType.Float32, 4);
        Fft.ForwardReal(wrapped, x.View<float>(), y.ComplexView<float>(), 3, 1);
        Assert.That(y.ToArray<float>(), Is.EqualTo((float[])[6, 0, -1.5f, 0.8660254f]).Within(1e-6));
    }

    [Test]
    public void What_cannot_be_done_is_refused()
    {
        Assert.That(() => FftPlan<float>.Create(_device, 0, 1), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => FftPlan<float>.Create(_device, 8, 0), Throws.TypeOf<InvalidInputException>());
        Assert.That(() => FftPlan<int>.Create(_device, 8, 1), Throws.TypeOf<InvalidInputException>());
        Assert.That(
            () => FftPlan<float>.Create(_device, 8, 1, candidate: "fast"),
            Throws.TypeOf<InvalidInputException>());
        using var x = new DeviceArray(_device, DType.Float32, 16);
        Assert.That(
            () => Fft.Forward(_device, x.ComplexView<float>(), x.ComplexView<float>(), 9, 1),
            Throws.TypeOf<InvalidInputException>());
    }

    private double[] InverseReal(double[] spectrum, int n)
    {
        using var x = DeviceArray.From<double>(_device, spectrum);
        using var y = new DeviceArray(_device, DType.Float64, n);
        Fft.InverseReal(_device, x.ComplexView<double>(), y.View<double>(), n, 1);
        return y.ToArray<double>();
    }
}
