using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class BuiltInDataTests
{
    [TestCase("cbf", 128, 30, 900, 3)]
    [TestCase("synthetic-control", 60, 300, 300, 6)]
    public void HasThePublishedSizesAndIsNormalised(string name, int length, int train, int test, int classes)
    {
        var split = DataSource.Open(name);
        Assert.That(split.Name, Is.EqualTo(name));
        foreach (var (part, count) in new[] { (split.Train, train), (split.Test, test) })
        {
            Assert.That(part.SampleShape, Is.EqualTo(new[] { 1, length }));
            Assert.That(part.Count, Is.EqualTo(count));
            Assert.That(part.Labels.CountBy(label => label).Select(pair => pair.Value),
                Is.EqualTo(Enumerable.Repeat(count / classes, classes)));
            var sample = new float[length];
            for (var i = 0; i < count; i++)
            {
                part.CopySample(i, sample);
                // Single precision: a few units in the last place of sums of `length` values.
                Assert.That(sample.Average(x => (double)x), Is.EqualTo(0).Within(1e-6));
                Assert.That(sample.Average(x => (double)x * x), Is.EqualTo(1).Within(1e-6));
            }
        }
    }

    [Test]
    public void TheClassesLookAsTheFormulasSay()
    {
        // The mean over a class of z-normalised series: what the noise leaves.
        var cbf = ClassMeans(CylinderBellFunnel.Create(train: 3000).Train);
        var middle = Enumerable.Range(0, 3).Select(c => Slope(cbf[c].AsSpan(32, 32))).ToArray();
        Assert.That(middle[0], Is.GreaterThan(0.01), "a bell rises");
        Assert.That(middle[2], Is.LessThan(-0.005), "a funnel falls");
        Assert.That(cbf[1][40], Is.GreaterThan(0.9), "a cylinder is high in its middle");
        Assert.That(cbf.Select(mean => mean[4]), Has.All.LessThan(-0.4), "before 16 there is only noise");

        var control = ClassMeans(SyntheticControl.Create(train: 1200).Train);
        Assert.That(control[0].Max(Math.Abs), Is.LessThan(0.3), "normal");
        Assert.That(
            Slope(control[2]), Is.EqualTo(-Slope(control[3])).Within(0.005), "trends mirror each other");
        Assert.That(Slope(control[2]), Is.GreaterThan(0.04), "increasing");
        Assert.That(control[4][59] - control[4][0], Is.GreaterThan(1.5), "upward shift");
        Assert.That(control[5][59] - control[5][0], Is.LessThan(-1.5), "downward shift");
        Assert.That(Math.Abs(Slope(control[1])), Is.LessThan(0.02), "cyclic has no trend");
        Assert.That(
            control[1][2], Is.GreaterThan(0.7), "cycles start together, at t = 3 near the first peak");
    }

    [Test]
    public void IsTheSameEveryTimeAndAnotherForAnotherSeed()
    {
        var first = (InMemoryDataset)CylinderBellFunnel.Create().Train;
        Assert.That(
            ((InMemoryDataset)CylinderBellFunnel.Create(test: 3).Train).Values, Is.EqualTo(first.Values));
        Assert.That(((InMemoryDataset)CylinderBellFunnel.Create(seed: 2).Train).Values,
            Is.Not.EqualTo(first.Values));
        // Pinned bits: the set must be the same on every platform.
        Assert.That(first.Values.Aggregate(17u, (hash, x) => hash * 31 + BitConverter.SingleToUInt32Bits(x)),
            Is.EqualTo(PinnedCbf));
        var control = (InMemoryDataset)SyntheticControl.Create().Train;
        Assert.That(
            control.Values.Aggregate(17u, (hash, x) => hash * 31 + BitConverter.SingleToUInt32Bits(x)),
            Is.EqualTo(PinnedControl));
    }

    [Test]
    public void AnUnknownNameListsWhatExists()
    {
        Assert.That(BuiltInData.TryCreate("cfb", out var split), Is.False);
        Assert.That(split, Is.Null);
        Assert.That(() => DataSource.Open("cfb"),
            Throws.TypeOf<DataFormatException>().With.Message.Contains("cbf, synthetic-control"));
        Assert.That(() => CylinderBellFunnel.Create(train: 0), Throws.TypeOf<InvalidInputException>());
    }

    private const uint PinnedCbf = 2412890298;
    private const uint PinnedControl = 2297336335;

    private static double[][] ClassMeans(Dataset data)
    {
        var means = new double[data.ClassNames.Length][];
        var sample = new float[data.SampleSize];
        for (var c = 0; c < means.Length; c++)
            means[c] = new double[data.SampleSize];
        for (var i = 0; i < data.Count; i++)
        {
            data.CopySample(i, sample);
            for (var t = 0; t < sample.Length; t++)
                means[data.Labels[i]][t] += sample[t] * means.Length / (double)data.Count;
        }
        return means;
    }

    // Least squares over equal steps.
    private static double Slope(ReadOnlySpan<double> series)
    {
        double product = 0, square = 0, centre = (series.Length - 1) / 2.0;
        for (var t = 0; t < series.Length; t++)
        {
            product += (t - centre) * series[t];
            square += (t - centre) * (t - centre);
        }
        return product / square;
    }
}
