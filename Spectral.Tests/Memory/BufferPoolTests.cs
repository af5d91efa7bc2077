using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

public class BufferPoolTests
{
    [Test]
    public void Size_classes_hold_the_request_and_waste_at_most_an_eighth()
    {
        foreach (var bytes in Enumerable.Range(0, 4000).Select(i => 1L + (i * i * 7L)))
        {
            var size = BufferPool.SizeClass(bytes);
            Assert.That(size, Is.GreaterThanOrEqualTo(bytes));
            Assert.That(size - bytes, Is.LessThan(Math.Max(256, bytes / 8 + 256)), $"{bytes} bytes");
        }
    }

    [Test]
    public void Memory_that_came_back_is_lent_again()
    {
        using var device = ComputeDevice.Open("cpu");
        new DeviceArray(device, DType.Float32, 1000).Dispose();
        var before = device.Pool.Statistics;
        using var again = new DeviceArray(device, DType.Float32, 1000);
        Assert.That(device.Pool.Statistics.DeviceAllocations, Is.EqualTo(before.DeviceAllocations));
        Assert.That(device.Pool.Statistics.BytesInUse, Is.EqualTo(BufferPool.SizeClass(4000)));
    }

    [Test]
    public void A_limit_is_kept_and_named_in_the_error()
    {
        using var device = ComputeDevice.Open("cpu", memoryLimit: 1 << 20);
        using (new DeviceArray(device, DType.Float32, 200_000))
            Assert.That(() => new DeviceArray(device, DType.Float32, 200_000, "conv"),
                Throws.TypeOf<DeviceMemoryException>().With.Message.Contains("[conv]")
                    .And.Message.Contains("1,048,576").And.Message.Contains("smaller batch"));

        // What was only kept for reuse is given up before anything is refused.
        using var other = new DeviceArray(device, DType.Float32, 250_000);
        Assert.That(device.Pool.Statistics.BytesReserved, Is.LessThanOrEqualTo(1 << 20));
    }

    [Test]
    public void Trim_gives_back_what_is_not_in_use()
    {
        using var device = ComputeDevice.Open("cpu");
        using var kept = new DeviceArray(device, DType.Float64, 10);
        new DeviceArray(device, DType.Float64, 5000).Dispose();
        device.Pool.Trim();
        Assert.That(device.Pool.Statistics.BytesReserved, Is.EqualTo(BufferPool.SizeClass(80)));
    }

    [Test]
    public void References_are_counted()
    {
        using var device = ComputeDevice.Open("cpu");
        var array = DeviceArray.From<float>(device, [1, 2]);
        var other = array.AddReference();
        array.Dispose();
        Assert.That(other.ToArray<float>(), Is.EqualTo(new float[] { 1, 2 }));
        other.Dispose();
        Assert.That(() => other.View<float>(), Throws.TypeOf<InvalidInputException>());
        Assert.That(device.Pool.Statistics.BytesInUse, Is.Zero);
    }

    [Test]
    public void An_unknown_device_is_refused_with_those_that_there_are() =>
        Assert.That(() => ComputeDevice.Open("opencl:99"), Throws.TypeOf<DeviceNotFoundException>()
            .With.Message.Contains("opencl:99").And.Message.Contains("cpu"));
}
