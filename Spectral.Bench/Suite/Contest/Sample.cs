namespace Spectral.Bench;

/// <summary>How long one run took; a value.</summary>
/// <param name="Seconds">On the clock.</param>
/// <param name="CpuSeconds">
/// Of processors, all threads together: less disturbed by other work on the machine.
/// </param>
internal readonly record struct Sample(double Seconds, double CpuSeconds)
{
    /// <summary>The median of each of the two.</summary>
    internal static Sample Median(IReadOnlyCollection<Sample> samples) =>
        new(Middle(samples.Select(s => s.Seconds)), Middle(samples.Select(s => s.CpuSeconds)));

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
