using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Synthetic control charts (R. Alcock and Y. Manolopoulos, "Time-series similarity queries employing a
/// feature-based approach", 1999). For t = 1 … 60, <c>y(t) = 30 + 2·r(t)</c> with r uniform in (−3, 3), plus
/// for each class: 1 nothing; 2 <c>a·sin(2πt/T)</c> with a, T in (10, 15); 3 <c>+g·t</c> and 4 <c>−g·t</c>
/// with g in (0.2, 0.5); 5 <c>+x</c> and 6 <c>−x</c> from a moment in (20, 40) on, with x in (7.5, 20).
/// </summary>
public static class SyntheticControl
{
    /// <summary>The name under which the command line knows the set.</summary>
    public const string Name = "synthetic-control";

    /// <summary>Values in a series.</summary>
    public const int Length = 60;

    /// <summary>Makes the set; by default in the sizes of the UCR archive.</summary>
    /// <param name="train">Training samples, classes in turn.</param>
    /// <param name="test">Test samples, classes in turn.</param>
    /// <param name="seed">Which draw of the set.</param>
    /// <returns>Samples of shape [1, 60], each z-normalised; classes 1 … 6 as above.</returns>
    public static DataSplit Create(int train = 300, int test = 300, ulong seed = 1999) =>
        SeriesGenerator.Split(Name, train, test, Length, ["1", "2", "3", "4", "5", "6"], seed, Fill);

    private static void Fill(int label, Generator random, Span<double> series)
    {
        var amplitude = random.NextUniform(10, 15);
        var period = random.NextUniform(10, 15);
        var gradient = random.NextUniform(0.2, 0.5);
        var moment = random.NextUniform(series.Length / 3.0, series.Length * 2 / 3.0);
        var shift = random.NextUniform(7.5, 20);
        for (var t = 1; t <= series.Length; t++)
        {
            var pattern = label switch
            {
                0 => 0,
                1 => amplitude * PortableMath.SinTurns(t / period),
                2 => gradient * t,
                3 => -gradient * t,
                4 => t >= moment ? shift : 0,
                _ => t >= moment ? -shift : 0,
            };
            series[t - 1] = 30 + 2 * random.NextUniform(-3, 3) + pattern;
        }
    }
}
