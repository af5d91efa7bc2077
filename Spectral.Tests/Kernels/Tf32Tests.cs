using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

/// <summary>
/// The numerics of tensor cores, emulated: what they are given is rounded by the kernel's own code.
/// </summary>
public class Tf32Tests
{
    [Test]
    public void What_is_no_number_stays_none()
    {
        var filled = BitConverter.Int32BitsToSingle(0x7FFFFFFF);
        Assert.That(Tf32.Round(filled), Is.NaN);
        Assert.That(Tf32.Rest(1f, float.NaN), Is.NaN);
        Assert.That(Tf32.Round(float.PositiveInfinity), Is.EqualTo(float.PositiveInfinity));
    }

    [Test]
    public void The_parts_have_eleven_digits_and_hold_what_they_should()
    {
        foreach (var x in Host.Random(5, 10_000).Select(v => (float)v))
        {
            var big = Tf32.Round(x);
            var small = Tf32.Rest(x, big);
            Assert.That(BitConverter.SingleToInt32Bits(big) & 0x1FFF, Is.Zero);
            Assert.That(BitConverter.SingleToInt32Bits(small) & 0x1FFF, Is.Zero);
            Assert.That(
                Math.Abs(x - big), Is.LessThanOrEqualTo(Math.Abs(x) * (Math.Pow(2, -11) + Math.Pow(2, -24))));
            Assert.That(
                Math.Abs((double)x - big - small), Is.LessThanOrEqualTo(Math.Abs(x) * Math.Pow(2, -20.9)));
        }
    }

    /// <summary>
    /// Sums of 512 products, relative L2: one TF32 product loses a thousandfold, three as good as none.
    /// </summary>
    [Test]
    public void Three_products_are_as_good_as_floats()
    {
        const int Sums = 200, Length = 512;
        var a = Host.Random(1, Sums * Length).Select(v => (float)v).ToArray();
        var b = Host.Random(2, Sums * Length).Select(v => (float)v).ToArray();
        var (exact, floats) = (new double[Sums], new double[Sums]);
        var (one, three) = (new double[Sums], new double[Sums]);
        for (var s = 0; s < Sums; s++)
        {
            var (sumOfFloats, sumOfOne, sumOfThree) = (0f, 0f, 0f);
            for (var i = s * Length; i < (s + 1) * Length; i++)
            {
                var (bigA, bigB) = (Tf32.Round(a[i]), Tf32.Round(b[i]));
                var (smallA, smallB) = (Tf32.Rest(a[i], bigA), Tf32.Rest(b[i], bigB));
                exact[s] += (double)a[i] * b[i];
                sumOfFloats += a[i] * b[i];
                sumOfOne += bigA * bigB;
                sumOfThree += smallA * bigB;
                sumOfThree += bigA * smallB;
                sumOfThree += bigA * bigB;
            }

            (floats[s], one[s], three[s]) = (sumOfFloats, sumOfOne, sumOfThree);
        }

        var (ofFloats, ofOne, ofThree) = (Error(floats, exact), Error(one, exact), Error(three, exact));
        TestContext.Out.WriteLine($"floats {ofFloats:E1}, TF32 {ofOne:E1}, 3xTF32 {ofThree:E1}");
        Assert.That(ofOne, Is.GreaterThan(100 * ofFloats));
        Assert.That(ofThree, Is.LessThan(3 * ofFloats));
    }

    private static double Error(double[] values, double[] exact) => Math.Sqrt(
        values.Zip(exact, (v, e) => (v - e) * (v - e)).Sum() / exact.Sum(e => e * e));
}
