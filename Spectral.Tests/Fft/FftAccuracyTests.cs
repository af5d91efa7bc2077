using System.Numerics;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class FftAccuracyTests(string deviceId)
{
    private const int Rows = 32;

    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    /// <summary>Long lengths: powers of two, smooth ones, primes and their multiples.</summary>
    private static readonly int[] Long =
    [
        1025, 1031, 1152, 1200, 1331, 1440, 1537, 1680, 1920, 2047, 2048, 2053, 2160, 2187, 2310, 2401, 2560,
        3001, 3003, 3072, 3125, 3600, 4001, 4093, 4095, 4096, 4097, 4199, 5000, 5040, 6007, 6144, 6561, 7919,
        8000, 8191, 8192, 9001, 10000, 10007, 12167, 15015, 16384, 16807, 20011, 24576, 30030, 32768, 39366,
        50021, 65536, 65537, 78125, 100000, 131072, 200003, 262144, 524288, 1000000, 1048576,
    ];

    /// <summary>One of each recipe and of each kind of ragged tile.</summary>
    private static readonly int[] Representative =
    [
        1, 2, 3, 4, 5, 7, 8, 11, 12, 31, 36, 37, 64, 74, 100, 210, 343, 512, 727, 1000, 1536, 2000, 4096, 4199, 5041,
    ];

    [Test]
    public void Every_length_up_to_1024_keeps_the_contract([Values(1, 3, Rows)] int batch) =>
        Check<float>(Enumerable.Range(1, 1024), Rows, batch);

    [Test]
    public void Long_lengths_keep_the_contract() => Check<float>(Long, 1, 1);

    /// <summary>Fewer of them, since each has a kernel of its own: all radices, first and later, and four steps.</summary>
    private static readonly int[] RepresentativeOfKnown = [8, 34, 36, 100, 105, 143, 343, 544, 8192];

    [TestCase("lanes")]
    [TestCase("known")]
    [TestCase("block")]
    [TestCase("stages")]
    public void Every_legal_candidate_keeps_the_contract(string candidate)
    {
        var lengths = (candidate == "known" ? RepresentativeOfKnown : Representative).Where(n => FftCandidates.List
            .Legal(_device, new FftShape(n, 11, DType.Float32)).Contains(candidate)).ToArray();
        Assert.That(lengths.Length == 0 ? "illegal" : candidate, Is.EqualTo(Expected(candidate)));
        Check<float>(lengths, Rows, 11, candidate);
        Check<double>(lengths.Where(n => n <= (candidate == "known" ? 100 : 1000)), Rows, 3, candidate);
    }

    private string Expected(string candidate) =>
        (candidate == "lanes" && !_device.Quirks.PrefersVectorLoops)
        || (candidate is "known" or "block" && !_device.Quirks.RunsTiles)
            ? "illegal"
            : candidate;

    private void Check<T>(IEnumerable<int> lengths, int rows, int batch, string? candidate = null)
        where T : unmanaged, INumber<T>
    {
        var (worst, at, which) = (0.0, 0, 0);
        var failures = new List<string>();
        foreach (var n in lengths)
        {
            var errors = FftRunner.Errors<T>(_device, FftOracle.Get(n, rows), n, batch, candidate);
            for (var i = 0; i < errors.Length; i++)
            {
                var part = errors[i] / Bound<T>(n);
                if (part > worst)
                    (worst, at, which) = (part, n, i);
                if (!(part <= 1))
                    failures.Add($"{FftRunner.Names[i]} of {n}: {errors[i]:e2}");
            }
        }

        TestContext.Out.WriteLine($"worst {worst:f2} of the bound, {FftRunner.Names[which]} of {at}");
        Assert.That(failures, Is.Empty);
    }

    private static double Bound<T>(int n)
    {
        if (typeof(T) == typeof(double))
            return Tolerances.FftDouble;
        var direct = FftPlanner.Radices(n) is not null && FftPlanner.Radices(n % 2 == 0 ? n / 2 : n) is not null;
        return Tolerances.Fft(n, direct ? 1 : 2);
    }
}
