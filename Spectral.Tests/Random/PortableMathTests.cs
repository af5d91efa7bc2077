using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public sealed class PortableMathTests
{
    // Two units in the last place of results of size one.
    private const double TwoUlp = 4.5e-16;

    [Test]
    public void LogAgreesWithTheRuntime()
    {
        var generator = new Generator(1);
        for (var i = 0; i < 20_000; i++)
        {
            var x = (1 - generator.NextDouble()) * Math.ScaleB(1, generator.NextInt32(80) - 60);
            var expected = Math.Log(x);
            var tolerance = TwoUlp * Math.Max(1, Math.Abs(expected));
            Assert.That(PortableMath.Log(x), Is.EqualTo(expected).Within(tolerance), $"{x:R}");
        }
        Assert.That(PortableMath.Log(1), Is.Zero);
        Assert.That(PortableMath.Log(0), Is.NaN);
        Assert.That(PortableMath.Log(-1), Is.NaN);
        Assert.That(PortableMath.Log(double.PositiveInfinity), Is.NaN);
    }

    [Test]
    public void SineAndCosineOfTurnsAgreeWithTheRuntime()
    {
        var generator = new Generator(2);
        for (var i = 0; i < 20_000; i++)
        {
            var turns = generator.NextDouble();
            var (sine, cosine) = double.SinCosPi(2 * turns);
            Assert.That(PortableMath.CosTurns(turns), Is.EqualTo(cosine).Within(TwoUlp), $"{turns:R}");
            Assert.That(PortableMath.SinTurns(turns), Is.EqualTo(sine).Within(TwoUlp), $"{turns:R}");
        }
        Assert.That(PortableMath.CosTurns(0.25), Is.Zero);
        Assert.That(PortableMath.SinTurns(0.5), Is.Zero);
        Assert.That(PortableMath.SinTurns(-0.25), Is.EqualTo(-1));
    }
}
