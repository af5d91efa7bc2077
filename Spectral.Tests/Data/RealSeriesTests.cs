using NUnit.Framework;
using Spectral.Nn;

namespace Spectral.Tests;

/// <summary>The UCR archive's own files, where they are at hand.</summary>
public sealed class RealSeriesTests
{
    [TestCase("ArrowHead", 36, 175, 251, "0,1,2")]
    [TestCase("Coffee", 28, 28, 286, "0,1")]
    [TestCase("ECG200", 100, 100, 96, "-1,1")]
    [TestCase("FaceFour", 24, 88, 350, "1,2,3,4")]
    [TestCase("GunPoint", 50, 150, 150, "1,2")]
    [TestCase("ItalyPowerDemand", 67, 1029, 24, "1,2")]
    [TestCase("SyntheticControl", 300, 300, 60, "1,2,3,4,5,6")]
    public void HasTheSizesThatTheArchiveLists(string name, int train, int test, int length, string classes)
    {
        var split = DataSource.Open(Path.Combine(Folder(), name));
        Assert.That(split.Name, Is.EqualTo(name));
        Assert.That((split.Train.Count, split.Test.Count), Is.EqualTo((train, test)));
        Assert.That(split.Train.SampleShape, Is.EqualTo(new[] { 1, length }));
        Assert.That(split.Train.ClassNames, Is.EqualTo(classes.Split(',')));
        Assert.That(split.Test.Labels.Distinct().Count(), Is.EqualTo(split.Train.ClassNames.Length));
    }

    private static string Folder()
    {
        var root = Environment.GetEnvironmentVariable("SPECTRAL_DATA");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); root is null && folder is not null;
            folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Spectral.sln")))
                root = Path.Combine(folder.FullName, "..", "shared", "data");
        }
        var series = Path.Combine(root ?? ".", "ucr");
        if (!Directory.Exists(series))
            Assert.Ignore("No real series at hand: SPECTRAL_DATA names a folder that holds ucr/NAME.");
        return series;
    }
}
