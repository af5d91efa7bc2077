using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class LoopItemsTests
{
    private static readonly DeviceLimits Limits = new(4, 64, 0, 1, 1, 64, 64, 50_000);

    [TestCase(199_000, 0, 1)]
    [TestCase(0, 9_900_000, 1)]
    [TestCase(100_000, 4_900_000, 1)]
    [TestCase(201_000, 0, 32)]
    [TestCase(0, 10_100_000, 32)]
    [TestCase(100_000, 5_100_000, 32)]
    public void Little_work_is_for_one(double elements, double operations, int expected) =>
        Assert.That(LoopItems.For(Limits, elements, operations), Is.EqualTo(expected));

    // So that tests of small cases deal loops out.
    [Test]
    public void Where_no_core_sleeps_all_take_part() =>
        Assert.That(LoopItems.For(Limits with { WakeTime = 0 }, 1, 1), Is.EqualTo(32));
}
