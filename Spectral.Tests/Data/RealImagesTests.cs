using NUnit.Framework;
using Spectral.Nn;

namespace Spectral.Tests;

/// <summary>CIFAR-10 as JPEG images, where it is at hand.</summary>
public sealed class RealImagesTests
{
    [Test]
    public void TheWholeOfCifar10IsReadAndHasItsStatistics()
    {
        var split = DataSource.Open(Folder());
        var train = (ImageDataset)split.Train;
        Assert.That(train.ClassNames, Is.EqualTo(CifarFormat.ClassNames10));
        foreach (var (part, each) in new[] { (split.Train, 5000), (split.Test, 1000) })
        {
            Assert.That(part.SampleShape, Is.EqualTo(new[] { 3, 32, 32 }));
            Assert.That(part.Labels.CountBy(label => label).Select(c => c.Value), Has.All.EqualTo(each));
        }
        Assert.That(split.Normalization, Is.EqualTo(Normalization.Cifar));

        // The published means to within what the compression changes.
        var statistics = Normalization.Of(train);
        Assert.That(statistics.Mean, Is.EqualTo(Normalization.Cifar.Mean).Within(0.002));
        Assert.That(statistics.Std, Is.EqualTo(new[] { 0.2470, 0.2435, 0.2616 }).Within(0.005));

        var limited = split.Limit(1000, 100, seed: 0);
        Assert.That(limited.Train.Labels.CountBy(label => label).Select(c => c.Value), Has.All.EqualTo(100));
        Assert.That(limited.Test.Labels.CountBy(label => label).Select(c => c.Value), Has.All.EqualTo(10));
    }

    private static string Folder()
    {
        var root = Environment.GetEnvironmentVariable("SPECTRAL_DATA")
            ?? Path.Combine(Repository.Root, "..", "shared", "data");
        var folder = Path.Combine(root, "cifar10");
        if (!Directory.Exists(folder))
            Assert.Ignore("No real images at hand: SPECTRAL_DATA names a folder that holds cifar10.");
        return folder;
    }
}
