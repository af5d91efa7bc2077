using System.Numerics;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class FftGoldenTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> Names =>
        Golden.Names("fft").Where(n => Golden.Case("fft", n).HasParam("n"));

    [TestCaseSource(nameof(Names))]
    public void Golden_cases_in_both_precisions(string name)
    {
        Assert.That(Error<double>(name), Is.LessThan(Tolerances.GoldenDouble));
        Assert.That(Error<float>(name), Is.LessThan(Tolerances.Fft(Golden.Case("fft", name).Int("n"), 2)));
    }

    private double Error<T>(string name) where T : unmanaged, INumber<T>
    {
        var golden = Golden.Case("fft", name);
        var (input, output) = (golden.Inputs["x"], golden.Outputs["y"]);
        var (n, batch) = (golden.Int("n"), input[0]);
        using var x = DeviceArray.From<T>(_device, [.. input.Data.Select(T.CreateChecked)]);
        using var y = FftRunner.Dirty<T>(_device, output.Data.Length);
        switch (name.Split('_')[0])
        {
            case "fft":
                Fft.Forward(_device, x.ComplexView<T>(), y.ComplexView<T>(), n, batch);
                break;
            case "ifft":
                Fft.Inverse(_device, x.ComplexView<T>(), y.ComplexView<T>(), n, batch);
                break;
            case "rfft":
                Fft.ForwardReal(_device, x.View<T>(), y.ComplexView<T>(), n, batch);
                break;
            default:
                Fft.InverseReal(_device, x.ComplexView<T>(), y.View<T>(), n, batch);
                break;
        }

        return FftRunner.Worst(y.ToArray<T>(), output.Data, output.Data.Length, 1);
    }
}
