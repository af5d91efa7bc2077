using NUnit.Framework;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class StratificationTests
{
    [TestCase("50,50", 10, "5,5")]
    [TestCase("90,10", 10, "9,1")]
    [TestCase("98,1,1", 10, "8,1,1")]
    [TestCase("34,33,33", 10, "4,3,3")]
    [TestCase("5,5,5", 4, "2,1,1")]
    [TestCase("7,0,3", 5, "4,0,1")]
    [TestCase("1,1,1,97", 4, "1,1,1,1")]
    [TestCase("50,50", 99, "50,49")]
    public void EveryClassKeepsItsShare(string sizes, int count, string wanted)
    {
        var data = Data([.. sizes.Split(',').Select(int.Parse)]);
        var part = data.Stratified(count, seed: 3);
        var counts = data.ClassNames.Select((_, c) => part.Labels.Count(label => label == c));
        Assert.That(string.Join(',', counts), Is.EqualTo(wanted));
    }

    [Test]
    public void SamplesKeepTheirLabelsAndOrderAndDependOnTheSeed()
    {
        var data = Data([40, 40]);
        int[] Chosen(int count, ulong seed)
        {
            var part = data.Stratified(count, seed);
            var value = new float[1];
            return [.. Enumerable.Range(0, part.Count).Select(i =>
            {
                part.CopySample(i, value);
                Assert.That(part.Labels[i], Is.EqualTo(data.Labels[(int)value[0]]));
                return (int)value[0];
            })];
        }
        var first = Chosen(20, 1);
        Assert.That(first, Is.Ordered.And.Unique);
        Assert.That(Chosen(20, 1), Is.EqualTo(first));
        Assert.That(Chosen(20, 2), Is.Not.EqualTo(first));
        Assert.That(first, Is.SubsetOf(Chosen(40, 1)), "a larger part holds the smaller");
        Assert.That(data.Stratified(80, 1), Is.SameAs(data));
        Assert.That(data.Stratified(1000, 1), Is.SameAs(data));
    }

    [Test]
    public void TestSamplesDoNotDependOnTheSeed()
    {
        var data = new DataSplit("x", Data([40, 40]), Data([40, 40]));
        var (a, b) = (data.Limit(10, 10, 1), data.Limit(10, 10, 2));
        Assert.That(Values(a.Train), Is.Not.EqualTo(Values(b.Train)));
        Assert.That(Values(a.Test), Is.EqualTo(Values(b.Test)));
        Assert.That(data.Limit(null, 10, 0).Train, Is.SameAs(data.Train));
    }

    [Test]
    public void RefusesFewerSamplesThanClasses() => Assert.That(() => Data([5, 5, 5]).Stratified(2, 0),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("at least 3, one of each class"));

    // Classes in turn, as long as they last; sample i holds i.
    private static InMemoryDataset Data(int[] sizes)
    {
        var labels = Enumerable.Range(0, sizes.Max())
            .SelectMany(i => Enumerable.Range(0, sizes.Length).Where(c => i < sizes[c])).ToArray();
        return new InMemoryDataset([.. Enumerable.Range(0, labels.Length).Select(i => (float)i)], [1], labels,
            [.. sizes.Select((_, c) => $"{c}")]);
    }

    private static float[] Values(Dataset data)
    {
        var values = new float[data.Count];
        for (var i = 0; i < data.Count; i++)
            data.CopySample(i, values.AsSpan(i, 1));
        return values;
    }
}
