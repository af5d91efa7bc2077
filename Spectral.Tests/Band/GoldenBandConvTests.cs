using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

/// <summary>A band-limited convolution put together by hand from its kernels.</summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class GoldenBandConvTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static IEnumerable<string> Names() => Golden.Names("bandconv", "band1d");

    [TestCaseSource(nameof(Names))]
    public void Agrees_with_the_oracle(string name)
    {
        var c = Golden.Case("bandconv", name);
        var (x, w, b, dy) = (c.Inputs["x"], c.Inputs["w"], c.Inputs["b"], c.Inputs["dy"]);
        var (n, channels, length, k, r, o) = (x[0], x[1], x[2], w[0], w[2], dy[2]);
        var (s, kept, stride, padding) = (c.Int("fftSize"), c.Int("kept"), c.Int("stride"), c.Int("padding"));
        var planX = new BandTransformPlan(s, kept, length, padding, 1, n * channels);
        var planW = new BandTransformPlan(s, kept, r, 0, 1, k * channels);
        var planY = new BandTransformPlan(s, kept, o, 0, stride, n * k);
        var shape = new ComplexGemmShape(ComplexGemmForm.Forward, kept, n, channels, k);

        using var sx = Spectrum(planX, x.Data);
        using var sw = Spectrum(planW, w.Data);
        using var sd = Spectrum(planY, dy.Data);
        using var bias = Host.Upload(_device, DType.Float64, b.Data);
        using var product = Host.Dirty(_device, DType.Float64, (int)planY.SpectrumCount);
        ComplexGemm.Forward(shape, sx, sw, product);
        AssertInverse(planY, product, bias, c.Outputs["y"].Data, "y");

        using var dxSpectrum = Host.Dirty(_device, DType.Float64, (int)planX.SpectrumCount);
        ComplexGemm.InputGradient(shape, sd, sw, dxSpectrum);
        AssertInverse(planX, dxSpectrum, null, c.Outputs["dx"].Data, "dx");

        using var dwSpectrum = Host.Dirty(_device, DType.Float64, (int)planW.SpectrumCount);
        ComplexGemm.FilterGradient(shape, sx, sd, dwSpectrum);
        AssertInverse(planW, dwSpectrum, null, c.Outputs["dw"].Data, "dw");
    }

    private DeviceArray Spectrum(BandTransformPlan plan, double[] values)
    {
        using var rows = Host.Upload(_device, DType.Float64, values);
        var spectrum = Host.Dirty(_device, DType.Float64, (int)plan.SpectrumCount);
        BandTransform.Forward(plan, rows, spectrum);
        return spectrum;
    }

    private void AssertInverse(
        BandTransformPlan plan, DeviceArray spectrum, DeviceArray? bias, double[] expected, string what)
    {
        using var result = Host.Dirty(_device, DType.Float64, (int)plan.SampleCount);
        BandTransform.Inverse(plan, spectrum, result, bias);
        Closeness.AssertClose(Host.Download(result), expected, Tolerances.GoldenDouble, what);
    }
}
