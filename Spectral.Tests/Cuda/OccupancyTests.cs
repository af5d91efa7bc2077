using NUnit.Framework;

namespace Spectral.Tests;

/// <summary>Occupancy against NVIDIA's calculator.</summary>
public class OccupancyTests
{
    [TestCase(32, 0, 256, 100)]
    [TestCase(40, 0, 256, 75)]
    [TestCase(33, 0, 128, 75)]
    [TestCase(64, 0, 256, 50)]
    [TestCase(128, 0, 256, 25)]
    [TestCase(255, 0, 256, 12.5)]
    [TestCase(16, 0, 32, 50)]
    [TestCase(32, 49152, 256, 37.5)]
    [TestCase(32, 0, 1024, 100)]
    [TestCase(65, 0, 1024, 0)]
    public void Of_sm_80(int registers, int sharedBytes, int group, double percent) =>
        Assert.That(Multiprocessor.Sm80.Occupancy(registers, sharedBytes, group), Is.EqualTo(percent));

    [TestCase(32, 49152, 256, 50)]
    [TestCase(64, 17408, 256, 50)]
    [TestCase(24, 100000, 128, 12.5)]
    public void Of_sm_90(int registers, int sharedBytes, int group, double percent) =>
        Assert.That(Multiprocessor.Sm90.Occupancy(registers, sharedBytes, group), Is.EqualTo(percent));
}
