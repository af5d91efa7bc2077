using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class DivisorTests
{
    [Test]
    public void Quotients_are_those_of_division()
    {
        var random = new Random(1);
        int[] divisors = [1, 2, 3, 4, 5, 7, 9, 10, 641, 1 << 16, (1 << 16) + 1, int.MaxValue - 1, int.MaxValue];
        var more = Enumerable.Range(0, 200).Select(_ => 1 + random.Next(1 << random.Next(1, 31)));
        foreach (var d in divisors.Concat(more))
        {
            var divisor = Divisor.Of(d);
            foreach (var n in Numbers(d, random))
                Assert.That(divisor.Quotient(n), Is.EqualTo(n / d), $"{n} / {d}");
        }
    }

    // Around multiples, where a quotient that is a little off is wrong.
    private static IEnumerable<int> Numbers(int d, Random random)
    {
        yield return 0;
        yield return int.MaxValue;
        for (var i = 0; i < 100; i++)
        {
            var multiple = (long)d * random.NextInt64(0, (int.MaxValue / (long)d) + 1);
            for (var n = Math.Max(0, multiple - 1); n <= Math.Min(int.MaxValue, multiple + 1); n++)
                yield return (int)n;
        }
    }
}
