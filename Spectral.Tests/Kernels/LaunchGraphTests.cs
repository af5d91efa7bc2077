using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class LaunchGraphTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Recording_and_each_replay_run_the_launches_once()
    {
        using var x = DeviceArray.From<float>(_device, [1f, 2f, 3f]);
        using var y = DeviceArray.From<float>(_device, [10f, 20f, 30f]);
        using var graph = LaunchGraph.Record(_device, () =>
        {
            using var sum = new DeviceArray(_device, DType.Float32, 3);
            Binary.Apply(BinaryKind.Add, x, y, sum);
            y.CopyFrom(sum);
        });
        Assert.That(y.ToArray<float>(), Is.EqualTo([11f, 22f, 33f]));

        graph.Replay();
        using var other = DeviceArray.From<float>(_device, [7f, 7f, 7f]);
        graph.Replay();
        Assert.That(y.ToArray<float>(), Is.EqualTo([13f, 26f, 39f]));
        Assert.That(other.ToArray<float>(), Is.EqualTo([7f, 7f, 7f]), "a replay wrote to lent memory");
        Assert.That(graph.IsCaptured, Is.EqualTo(_device.Kind == DeviceKind.Cuda));
    }

    [Test]
    public void Waits_and_host_copies_are_refused_and_leave_the_device_usable()
    {
        using var x = DeviceArray.From<float>(_device, [1f]);
        foreach (var action in new Action[]
        {
            _device.Synchronize,
            () => x.CopyFrom<float>([1f]),
            () => x.ToArray<float>(),
            () => LaunchGraph.Record(_device, () => { }).Dispose(),
        })
            Assert.That(() => RecordAndReplay(action),
                Throws.InstanceOf<InvalidInputException>().With.Message.StartsWith("[graph]"));
        Assert.That(x.ToArray<float>(), Is.EqualTo([1f]));
    }

    private void RecordAndReplay(Action launches)
    {
        using var graph = LaunchGraph.Record(_device, launches);
        graph.Replay();
    }

    [Test]
    public void A_replay_refuses_them_too_and_a_disposed_graph_replays_no_more()
    {
        var waits = false;
        var graph = LaunchGraph.Record(_device, () =>
        {
            if (waits)
                _device.Synchronize();
        });
        waits = true;
        if (!graph.IsCaptured)
            Assert.That(graph.Replay, Throws.InstanceOf<InvalidInputException>());
        graph.Dispose();
        Assert.That(graph.Replay, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(_device.Synchronize, Throws.Nothing);
    }

    [Test]
    public void Memory_held_for_a_graph_is_lent_to_nobody()
    {
        using var device = ComputeDevice.Wrap(_device.Accelerator);
        var held = device.Pool.Hold();
        var first = device.Pool.Rent(1000, "test");
        device.Pool.Return(first, MemoryRole.Temporary);
        Assert.That(device.Pool.Rent(1000, "test"), Is.SameAs(first), "lent again within the recording");
        var second = device.Pool.Rent(1000, "test");
        device.Pool.Return(second, MemoryRole.Temporary);
        device.Pool.EndHold(held);

        var third = device.Pool.Rent(1000, "test");
        Assert.That(third, Is.Not.SameAs(second), "it came back before the end of the recording");
        device.Pool.Return(first, MemoryRole.Temporary);
        var fourth = device.Pool.Rent(1000, "test");
        Assert.That(fourth, Is.Not.SameAs(first).And.Not.SameAs(second), "it came back afterwards");
        device.Pool.Return(third, MemoryRole.Temporary);
        device.Pool.Return(fourth, MemoryRole.Temporary);

        device.Pool.Release(held);
        var lent = Enumerable.Range(0, 4).Select(_ => device.Pool.Rent(1000, "test")).ToList();
        Assert.That(lent, Is.SupersetOf(new[] { first, second }));
        foreach (var buffer in lent)
            device.Pool.Return(buffer, MemoryRole.Temporary);
    }
}
