using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Builds a balanced, z-normalised data set from a formula for one series of one class.</summary>
internal static class SeriesGenerator
{
    /// <summary>Writes one series of a class.</summary>
    internal delegate void Formula(int label, Generator random, Span<double> series);

    /// <summary>
    /// Makes both parts. Classes take turns, and each sample draws from a stream of its own, so a sample does
    /// not depend on how many there are.
    /// </summary>
    internal static DataSplit Split(
        string name, int trainCount, int testCount, int length, string[] classNames,
        ulong seed, Formula formula)
    {
        Throw.Unless(
            trainCount > 0 && testCount > 0, name, $"{trainCount} training and {testCount} test samples",
            "at least one of each", "ask for positive counts");
        return new DataSplit(name, Part(0, trainCount), Part(1, testCount));

        InMemoryDataset Part(ulong part, int count)
        {
            var values = new float[checked(count * length)];
            var labels = new int[count];
            var series = new double[length];
            var random = new Generator(seed);
            for (var i = 0; i < count; i++)
            {
                labels[i] = i % classNames.Length;
                random.Reset(seed, (part << 32) | (uint)i);
                formula(labels[i], random, series);
                Normalise(series, values.AsSpan(i * length, length));
            }
            return new InMemoryDataset(values, [1, length], labels, classNames);
        }
    }

    /// <summary>
    /// Mean 0 and (population) standard deviation 1, as the UCR archive distributes its series.
    /// </summary>
    internal static void Normalise(ReadOnlySpan<double> series, Span<float> destination)
    {
        double mean = 0, variance = 0;
        foreach (var value in series)
            mean += value;
        mean /= series.Length;
        foreach (var value in series)
            variance += (value - mean) * (value - mean);
        var scale = 1 / Math.Sqrt(variance / series.Length);
        for (var t = 0; t < series.Length; t++)
            destination[t] = (float)((series[t] - mean) * scale);
    }
}
