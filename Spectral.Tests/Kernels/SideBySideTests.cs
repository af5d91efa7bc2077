using ILGPU;
using ILGPU.Runtime;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class SideBySideTests(string deviceId)
{
    private const int Count = 1 << 16;

    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    /// <summary>Both use scratch of one size, which on CUDA must not be the same memory.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void Both_pieces_of_work_run_before_what_follows(bool recorded)
    {
        using var x = DeviceArray.From<float>(_device, [.. Enumerable.Range(0, Count).Select(i => (float)i)]);
        using var ones = DeviceArray.From<float>(_device, [.. Enumerable.Repeat(1f, Count)]);
        using var first = Host.Dirty(_device, DType.Float32, Count);
        using var second = Host.Dirty(_device, DType.Float32, Count);
        using var sum = Host.Dirty(_device, DType.Float32, Count);
        void Work()
        {
            _device.SideBySide(() => Add(x, ones, 20, first), () => Add(x, ones, 30, second));
            Binary.Apply(BinaryKind.Add, first, second, sum);
        }

        if (recorded)
        {
            using var graph = LaunchGraph.Record(_device, Work);
            sum.Clear();
            graph.Replay();
            _device.Synchronize();
        }
        else
        {
            Work();
        }

        Assert.That(sum.ToArray<float>(), Is.EqualTo(Enumerable.Range(0, Count).Select(i => (2f * i) + 50)));
    }

    [Test]
    public void What_one_throws_comes_through_and_leaves_the_device_usable()
    {
        Assert.That(
            () => _device.SideBySide(() => { }, () => throw new InvalidOperationException("second")),
            Throws.InvalidOperationException.With.Message.EqualTo("second"));
        using var x = DeviceArray.From<float>(_device, [1f, 2f]);
        using var ones = DeviceArray.From<float>(_device, [1f, 1f]);
        using var y = Host.Dirty(_device, DType.Float32, 2);
        _device.SideBySide(() => Add(x, ones, 1, y), () => { });
        Assert.That(y.ToArray<float>(), Is.EqualTo([2f, 3f]));
        Assert.That(_device.IsForked, Is.False);
    }

    [Test]
    public void Memory_that_a_branch_gives_back_is_its_own_until_they_join()
    {
        var pool = new BufferPool(_device, 0);
        using (pool.Branch())
        {
            var a = pool.Rent(1 << 20, "test");
            pool.Return(a, MemoryRole.Temporary);
            Assert.That(pool.Rent(1 << 20, "test"), Is.SameAs(a));
            pool.Return(a, MemoryRole.Temporary);
        }

        var allocations = pool.Statistics.DeviceAllocations;
        using (pool.Branch())
            pool.Return(pool.Rent(1 << 20, "test"), MemoryRole.Temporary);
        Assert.That(pool.Statistics.DeviceAllocations, Is.EqualTo(allocations + 1), "memory of the other branch");
        pool.Join();
        var (b, c) = (pool.Rent(1 << 20, "test"), pool.Rent(1 << 20, "test"));
        Assert.That(pool.Statistics.DeviceAllocations, Is.EqualTo(allocations + 1), "it was not there for all");
        pool.Return(b, MemoryRole.Temporary);
        pool.Return(c, MemoryRole.Temporary);
        pool.Dispose();
    }

    [Test]
    public void Where_memory_runs_out_the_second_branch_takes_over_that_of_the_first()
    {
        var pool = new BufferPool(_device, 3 << 20);
        MemoryBuffer1D<byte, Stride1D.Dense> first;
        using (pool.Branch())
        {
            first = pool.Rent(2 << 20, "test");
            pool.Return(first, MemoryRole.Temporary);
        }

        using (pool.Branch())
        {
            var second = pool.Rent(2 << 20, "test");
            Assert.That(second, Is.SameAs(first));
            Assert.That(() => pool.Rent(2 << 20, "test"), Throws.TypeOf<DeviceMemoryException>());
            pool.Return(second, MemoryRole.Temporary);
        }

        pool.Join();
        Assert.That(pool.Statistics.BytesInUse, Is.Zero);
        pool.Dispose();
    }

    // Adds ones so many times, by way of scratch.
    private void Add(DeviceArray x, DeviceArray ones, int times, DeviceArray y)
    {
        using var scratch = new Workspace(_device, DType.Float32, x.Length, "test");
        y.CopyFrom(x);
        for (var i = 0; i < times; i++)
        {
            Binary.Apply(BinaryKind.Add, y, ones, scratch.Array);
            y.CopyFrom(scratch.Array);
        }
    }
}
