using NUnit.Framework;
using Spectral.Nn;

namespace Spectral.Tests;

public sealed class SeriesFormatTests
{
    private const string Header = """
        # a comment
        @problemName Toy
        @timeStamps false
        @missing false
        @univariate true
        @equalLength true
        @seriesLength 3
        @classLabel true a b

        @data

        """;

    [Test]
    public void ReadsTs()
    {
        using var folder = new DataFolder()
            .With("Toy_TRAIN.ts", Header + "1,-2.5,3e-1:b\r\n4, 5 ,6:a\n\n# end\n")
            .With("Toy_TEST.ts", "\uFEFF" + Header + "7,8,9:a");
        var split = DataSource.Open(folder.Root);
        var train = (InMemoryDataset)split.Train;
        Assert.Multiple(() =>
        {
            Assert.That(split.Name, Is.EqualTo("Toy"));
            Assert.That(train.SampleShape, Is.EqualTo(new[] { 1, 3 }));
            Assert.That(train.Values, Is.EqualTo(new[] { 1, -2.5f, 0.3f, 4, 5, 6 }));
            Assert.That(train.ClassNames, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(train.Labels, Is.EqualTo(new[] { 1, 0 }));
            Assert.That(split.Test.Labels, Is.EqualTo(new[] { 0 }));
            Assert.That(split.Test.Count, Is.EqualTo(1));
        });
    }

    [Test]
    public void ReadsSeveralDimensions()
    {
        const string head = "@univariate false\n@dimensions 2\n@classLabel true x y\n@data\n";
        using var folder = new DataFolder()
            .With("Toy_TRAIN.ts", head + "1,2,3:4,5,6:x\n7,8,9:10,11,12:y\n")
            .With("Toy_TEST.ts", head + "0,0,0:1,1,1:y\n");
        var train = DataSource.Open(folder.Root).Train;
        Assert.That(train.SampleShape, Is.EqualTo(new[] { 2, 3 }));
        var sample = new float[6];
        train.CopySample(1, sample);
        Assert.That(sample, Is.EqualTo(new[] { 7f, 8, 9, 10, 11, 12 }));
    }

    [TestCase("tsv", "1\t0.5\t-1\n-1\t2\t3\n", "-1\t4\t5\n")]
    [TestCase("txt", "1,0.5,-1\n-1,2,3\n", "-1,4,5\n")]
    [TestCase("txt", "  1.0000000e+00  5.0000000e-01 -1\n -1.0  2\t3\n", " -1.0000000e+00   4 5\n")]
    [TestCase("TXT", "1, 0.5, -1\r\n-1, 2, 3\r\n", "-1, 4, 5\r\n")]
    public void ReadsPlainTables(string ending, string train, string test)
    {
        using var folder = new DataFolder()
            .With($"Two Words_TRAIN.{ending}", train).With($"Two Words_TEST.{ending}", test);
        var split = DataSource.Open(folder.Root);
        Assert.Multiple(() =>
        {
            Assert.That(split.Name, Is.EqualTo("Two Words"));
            Assert.That(split.Train.ClassNames, Is.EqualTo(new[] { "-1", "1" }));
            Assert.That(split.Train.Labels, Is.EqualTo(new[] { 1, 0 }));
            Assert.That(((InMemoryDataset)split.Train).Values, Is.EqualTo(new[] { 0.5f, -1, 2, 3 }));
            Assert.That(((InMemoryDataset)split.Test).Values, Is.EqualTo(new[] { 4f, 5 }));
        });
    }

    [TestCase("10,9,1,9", "1,9,10")]
    [TestCase("2.0,-1,2,0", "-1,0,2")]
    [TestCase("10,9,a", "10,9,a")]
    [TestCase("b,B,a", "B,a,b")]
    public void LabelsAreTheSortedSetOfTheTrainingLabels(string labels, string expected) =>
        Assert.That(new LabelMap(labels.Split(',')).ClassNames, Is.EqualTo(expected.Split(',')));

    [Test]
    public void AFolderWithSeveralPairsIsReadByTheTrainingFile()
    {
        using var folder = new DataFolder()
            .With("A_TRAIN.tsv", "1\t2\n2\t3\n").With("A_TEST.tsv", "1\t2\n")
            .With("B_TRAIN.tsv", "1\t5\n2\t6\n").With("B_TEST.tsv", "1\t7\n");
        Assert.That(
            () => DataSource.Open(folder.Root),
            Throws.TypeOf<Spectral.Kernels.DataFormatException>()
                .With.Message.Contains("A_TRAIN.tsv, B_TRAIN.tsv"));
        var split = DataSource.Open(folder["B_TRAIN.tsv"]);
        Assert.That(((InMemoryDataset)split.Test).Values, Is.EqualTo(new[] { 7f }));
    }
}
