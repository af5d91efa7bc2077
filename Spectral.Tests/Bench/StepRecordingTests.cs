using NUnit.Framework;
using Spectral.Bench;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>A training step neither waits for the device nor copies to or from the host.</summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class StepRecordingTests(string deviceId)
{
    [TestCase(0)]
    [TestCase(50)]
    public void A_training_step_can_be_recorded_and_replayed(int rate)
    {
        var device = TestDevices.Get(deviceId);
        using var step = new StepOperands(device, "fcn-micro", [2, 1, 24], 2, rate);
        using var graph = LaunchGraph.Record(device, step.Run);
        Assert.That(graph.Replay, Throws.Nothing);
        Assert.That(device.Synchronize, Throws.Nothing);
    }
}
