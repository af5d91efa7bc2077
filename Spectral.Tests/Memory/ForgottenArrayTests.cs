using System.Runtime.CompilerServices;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class ForgottenArrayTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Memory_of_arrays_nobody_disposed_is_rented_again_intact()
    {
        var size = BufferPool.SizeClass(4 * 5000);
        Forget(20);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = _device.Pool.Statistics;

        var values = Enumerable.Range(0, 5000).Select(i => (float)i).ToArray();
        var again = Enumerable.Range(0, 20).Select(_ => DeviceArray.From<float>(_device, values)).ToList();

        Assert.That(again.Select(a => a.ToArray<float>()), Is.All.EqualTo(values));
        var after = _device.Pool.Statistics;
        var allocated = after.DeviceAllocations - before.DeviceAllocations;
        Assert.That(allocated, Is.LessThan(20), $"new buffers of {size} bytes");
        again.ForEach(a => a.Dispose());
    }

    // Not inlined, so that no register of the test still refers to an array.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget(int count)
    {
        for (var i = 0; i < count; i++)
            _ = new DeviceArray(_device, DType.Float32, 5000);
    }
}
