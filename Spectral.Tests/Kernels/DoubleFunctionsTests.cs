using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public class DoubleFunctionsTests
{
    private const double Relative = 4e-16 * 100; // percent

    [Test]
    public void Exp_agrees_with_the_run_time()
    {
        for (var x = -708.0; x < 709; x += 0.37)
            Assert.That(DoubleFunctions.Exp(x), Is.EqualTo(Math.Exp(x)).Within(Relative).Percent, $"{x}");
        double[] edges = [0, -0.0, 1e-300, 709.78, -745, 710, -746, double.PositiveInfinity,
            double.NegativeInfinity, double.NaN];
        Assert.That(edges.Select(DoubleFunctions.Exp),
            Is.EqualTo(edges.Select(Math.Exp)).Within(Relative).Percent);
    }

    [Test]
    public void Log_agrees_with_the_run_time()
    {
        for (var x = 1e-300; x < 1e300; x *= 1.7)
            Assert.That(DoubleFunctions.Log(x), Is.EqualTo(Math.Log(x)).Within(Relative).Percent, $"{x}");
        double[] edges = [1, 0, -1, 5e-324, 1e-310, double.PositiveInfinity, double.NaN];
        Assert.That(edges.Select(DoubleFunctions.Log),
            Is.EqualTo(edges.Select(x => Math.Log(x))).Within(Relative).Percent);
    }

    [Test]
    public void Tanh_agrees_with_the_run_time_near_zero_too()
    {
        for (var size = 1e-12; size < 30; size *= 1.1)
            foreach (var x in new[] { size, -size })
                Assert.That(
                    DoubleFunctions.Tanh(x), Is.EqualTo(Math.Tanh(x)).Within(2 * Relative).Percent, $"{x}");
        double[] edges = [0, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        Assert.That(edges.Select(DoubleFunctions.Tanh), Is.EqualTo(edges.Select(Math.Tanh)));
    }

    [Test]
    public void Pow_agrees_with_the_run_time_to_the_size_of_its_exponent()
    {
        foreach (var y in new[] { -3.5, -0.5, 0.1, 0.5, 2.5, 17.3 })
            for (var x = 1e-6; x < 1e6; x *= 1.3)
            {
                var bound = Relative * (1 + Math.Abs(y * Math.Log(x)));
                Assert.That(DoubleFunctions.Pow(x, y), Is.EqualTo(Math.Pow(x, y)).Within(bound).Percent, $"{x}^{y}");
            }
        (double X, double Y)[] edges = [(0, 0.5), (0, -0.5), (0, 0), (5, 0), (-2, 0.5), (double.NaN, 1.5)];
        Assert.That(edges.Select(e => DoubleFunctions.Pow(e.X, e.Y)),
            Is.EqualTo(edges.Select(e => Math.Pow(e.X, e.Y))));
    }
}
