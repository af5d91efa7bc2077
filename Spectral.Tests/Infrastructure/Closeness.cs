using NUnit.Framework;

namespace Spectral.Tests;

/// <summary>Compares arrays by relative L2 error and reports where they differ most.</summary>
public static class Closeness
{
    /// <summary>‖actual − expected‖ / ‖expected‖; not a number if anything in either is not.</summary>
    public static double RelativeError(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected)
    {
        double difference = 0, size = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            size += expected[i] * expected[i];
        }

        return size == 0 ? Math.Sqrt(difference) : Math.Sqrt(difference / size);
    }

    /// <summary>Fails unless the relative error is within the tolerance (a NaN fails).</summary>
    public static void AssertClose(
        double[] actual, double[] expected, double tolerance, string what = "result")
    {
        Assert.That(actual, Has.Length.EqualTo(expected.Length), what);
        var error = RelativeError(actual, expected);
        var worst = 0;
        for (var i = 1; i < expected.Length; i++)
            if (!(Math.Abs(actual[i] - expected[i]) <= Math.Abs(actual[worst] - expected[worst])))
                worst = i;
        Assert.That(error, Is.LessThanOrEqualTo(tolerance), () => expected.Length == 0
            ? what
            : $"{what}: worst at {worst}: {actual[worst]:G9}, expected {expected[worst]:G9}");
        if (Environment.GetEnvironmentVariable("SPECTRAL_TEST_ERRORS") is { Length: > 0 })
            TestContext.Out.WriteLine($"{what}: relative error {error:G3} of {tolerance:G3}");
    }
}
