using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Cylinder-Bell-Funnel (N. Saito, "Local feature extraction and its applications using a library of bases",
/// Yale 1994): noise with a plateau, a rising or a falling ramp somewhere in it.
/// <c>x(t) = (6 + η) · shape(t) · [a ≤ t ≤ b] + ε(t)</c> for t = 1 … 128, with the shape 1, (t − a)/(b − a)
/// or (b − t)/(b − a), a uniform among the integers 16 … 32, b − a among 32 … 96, and η, ε(t) standard
/// normal.
/// </summary>
public static class CylinderBellFunnel
{
    /// <summary>The name under which the command line knows the set.</summary>
    public const string Name = "cbf";

    /// <summary>Values in a series.</summary>
    public const int Length = 128;

    private static readonly string[] Classes = ["bell", "cylinder", "funnel"];

    /// <summary>Makes the set; by default in the sizes of the UCR archive.</summary>
    /// <param name="train">Training samples, classes in turn.</param>
    /// <param name="test">Test samples, classes in turn.</param>
    /// <param name="seed">Which draw of the set.</param>
    /// <returns>Samples of shape [1, 128], each z-normalised; classes bell, cylinder, funnel.</returns>
    public static DataSplit Create(int train = 30, int test = 900, ulong seed = 1994) =>
        SeriesGenerator.Split(Name, train, test, Length, [.. Classes], seed, Fill);

    private static void Fill(int label, Generator random, Span<double> series)
    {
        var a = 16 + random.NextInt32(17);
        var b = a + 32 + random.NextInt32(65);
        var height = 6 + random.NextNormal();
        for (var t = 1; t <= series.Length; t++)
        {
            var shape = t < a || t > b ? 0.0 : Classes[label] switch
            {
                "cylinder" => 1.0,
                "bell" => (double)(t - a) / (b - a),
                _ => (double)(b - t) / (b - a),
            };
            series[t - 1] = height * shape + random.NextNormal();
        }
    }
}
