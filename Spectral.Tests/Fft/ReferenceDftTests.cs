using System.Numerics;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public class ReferenceDftTests
{
    private static IEnumerable<string> Names =>
        Golden.Names("fft").Where(n => Golden.Case("fft", n).HasParam("n"));

    [TestCaseSource(nameof(Names))]
    public void Agrees_with_the_golden_cases(string name)
    {
        var golden = Golden.Case("fft", name);
        var (x, n) = (golden.Inputs["x"], golden.Int("n"));
        var rowLength = x.Data.Length / x[0];
        var got = new List<double>();
        for (var row = 0; row < x[0]; row++)
        {
            var data = x.Data.AsSpan(row * rowLength, rowLength);
            got.AddRange(name.Split('_')[0] switch
            {
                "fft" => Flat(ReferenceDft.Forward(Pairs(data))),
                "ifft" => Flat(ReferenceDft.Inverse(Pairs(data))),
                "rfft" => Flat(ReferenceDft.ForwardReal(data)),
                _ => ReferenceDft.InverseReal(Pairs(data), n),
            });
        }

        var expected = golden.Outputs["y"].Data;
        Assert.That(
            FftRunner.Worst([.. got], expected, expected.Length, 1), Is.LessThan(Tolerances.GoldenDouble));
    }

    [Test]
    public void Roots_are_exact_on_the_axes_and_close_round_the_circle()
    {
        Assert.That(Roots.Of(3, 4), Is.EqualTo(new Complex<double>(0, 1)));
        Assert.That(Roots.Of(1L << 40, 1L << 41).Re, Is.EqualTo(-1));
        for (var k = 0; k < 1000; k++)
        {
            var root = Roots.Of(k, 1000);
            var exact = Complex.FromPolarCoordinates(1, -2 * Math.PI * k / 1000);
            Assert.That(root.Re, Is.EqualTo(exact.Real).Within(2e-15));
            Assert.That(root.Im, Is.EqualTo(exact.Imaginary).Within(2e-15));
        }
    }

    private static Complex[] Pairs(ReadOnlySpan<double> data)
    {
        var values = new Complex[data.Length / 2];
        for (var i = 0; i < values.Length; i++)
            values[i] = new(data[2 * i], data[(2 * i) + 1]);
        return values;
    }

    private static double[] Flat(Complex[] values) => [.. values.SelectMany(v => (double[])[v.Real, v.Imaginary])];
}
