using ILGPU;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>A kernel draws the numbers of the host, bit for bit.</summary>
public sealed class PhiloxDeviceTests
{
    private const int Blocks = 1000;
    private const ulong Seed = 0x0123456789ABCDEF;
    private const ulong Stream = 0xFEDCBA9876543210;

    private static void Draw(ArrayView<int> words, ulong seed, ulong stream)
    {
        var step = Grid.DimX * Group.DimX;
        for (var i = Grid.IdxX * Group.DimX + Group.IdxX; i < words.IntLength / 4; i += step)
        {
            var block = Philox.Block(seed, stream, (ulong)i);
            words[4 * i] = (int)block.X;
            words[4 * i + 1] = (int)block.Y;
            words[4 * i + 2] = (int)block.Z;
            words[4 * i + 3] = (int)block.W;
        }
    }

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.Ids))]
    public void AKernelDrawsTheNumbersOfTheHost(string id)
    {
        var device = TestDevices.Get(id);
        using var words = new DeviceArray(device, DType.Int32, Blocks * 4);
        device.Launch(Draw, new LaunchShape(4, 2), words.View<int>(), Seed, Stream);
        device.Synchronize();

        var host = new Generator(Seed, Stream);
        var expected = Enumerable.Range(0, Blocks * 4).Select(_ => (int)host.NextUInt32()).ToArray();
        Assert.That(words.ToArray<int>(), Is.EqualTo(expected));
    }
}
