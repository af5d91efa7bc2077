using System.Globalization;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class PoclSettingsTests
{
    [TestCase("\t0-1", "0-1\n", true)]
    [TestCase("0", "0", true)]
    [TestCase("0-15", "0-15", true)]
    [TestCase("1", "0-1", false)]
    [TestCase("4-7", "4-7", false)]
    [TestCase("0-1,4-5", "0-1,4-5", false)]
    [TestCase("0-3", "0-7", false)]
    public void Threads_are_pinned_only_where_every_core_is_allowed(string allowed, string online, bool pinned) =>
        Assert.That(PoclSettings.IsEveryCore(allowed, online), Is.EqualTo(pinned));

    [Test]
    public void Denormal_numbers_count_as_zero()
    {
        var pocl = OpenPocl();
        var flushes = pocl is not null && Environment.GetEnvironmentVariable(PoclSettings.BuildOptions) is null;
        using var x = DeviceArray.From<float>(pocl ?? TestDevices.Get("cpu"), [1e-39f, -1e-39f, 2e-38f]);

        Binary.Apply(BinaryKind.Add, x, x, x);

        Assert.That(x.ToArray<float>(), Is.EqualTo(flushes ? [0, 0, 4e-38f] : new[] { 2e-39f, -2e-39f, 4e-38f }));
    }

    [Test]
    public void Each_core_has_a_thread_that_stays_on_it()
    {
        var mayPin = OpenPocl() is not null && PoclSettings.MayUseEveryCore()
            && Environment.GetEnvironmentVariable(PoclSettings.Affinity) is null;

        var pinned = !OperatingSystem.IsLinux() ? 0 : Directory.GetDirectories("/proc/self/task")
            .Select(task => File.ReadLines($"{task}/status")
                .First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)))
            .Select(line => line.Split(':')[1].Trim())
            .Where(cores => int.TryParse(cores, CultureInfo.InvariantCulture, out _))
            .Distinct().Count();

        Assert.That(pinned, Is.EqualTo(mayPin ? Environment.ProcessorCount : 0));
    }

    private static ComputeDevice? OpenPocl()
    {
        var pocl = DeviceCatalog.Devices.FirstOrDefault(d =>
            d.IsUsable && d.Name.Contains("pthread", StringComparison.OrdinalIgnoreCase));
        return pocl is null ? null : TestDevices.Get(pocl.Id);
    }
}
