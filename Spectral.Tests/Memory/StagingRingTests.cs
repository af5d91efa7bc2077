using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class StagingRingTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Values_arrive_although_their_memory_is_used_again_at_once()
    {
        using var ring = new StagingRing(_device, slots: 3);
        var values = new float[5000];
        var uploaded = new List<DeviceArray>();
        for (var round = 0; round < 10; round++)
        {
            Array.Fill(values, round);
            uploaded.Add(ring.Upload<float>(values));
        }

        for (var round = 0; round < 10; round++)
        {
            Assert.That(uploaded[round].ToArray<float>(), Is.All.EqualTo(round));
            uploaded[round].Dispose();
        }
    }

    [Test]
    public void Integers_keep_their_range()
    {
        using var ring = new StagingRing(_device);
        using var labels = ring.Upload<int>([4, 2, 9]);
        Assert.That(labels.IntegerRange, Is.EqualTo((2, 9)));
        using var none = ring.Upload<int>([]);
        Assert.That(none.Length, Is.Zero);
    }

    [Test]
    public void Memory_is_counted_by_role()
    {
        using var device = ComputeDevice.Open("cpu");
        var array = new DeviceArray(device, DType.Float32, 64);
        using var weights = new DeviceArray(device, DType.Float32, 128).MarkRole(MemoryRole.Parameters);
        array.MarkRole(MemoryRole.SavedSpectra);
        using var other = new DeviceArray(device, DType.Float32, 64);
        Assert.That(device.Pool.PeakByRole, Is.EqualTo(new MemoryByRole(512, 0, 0, 0, 256, 256)));
        array.Dispose();
        device.Pool.ResetPeak();
        Assert.That(device.Pool.PeakByRole, Is.EqualTo(new MemoryByRole(512, 0, 0, 0, 0, 256)));
    }
}
