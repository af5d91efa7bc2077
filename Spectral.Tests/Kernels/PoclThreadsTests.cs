using System.Globalization;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class PoclThreadsTests
{
    [TestCase("\t0-1", "0-1\n", true)]
    [TestCase("0", "0", true)]
    [TestCase("0-15", "0-15", true)]
    [TestCase("1", "0-1", false)]
    [TestCase("4-7", "4-7", false)]
    [TestCase("0-1,4-5", "0-1,4-5", false)]
    [TestCase("0-3", "0-7", false)]
    public void Threads_are_pinned_only_where_every_core_is_allowed(string allowed, string online, bool pinned) =>
        Assert.That(PoclThreads.IsEveryCore(allowed, online), Is.EqualTo(pinned));

    [Test]
    public void Each_core_has_a_thread_that_stays_on_it()
    {
        var pocl = DeviceCatalog.Devices.FirstOrDefault(d =>
            d.IsUsable && d.Name.Contains("pthread", StringComparison.OrdinalIgnoreCase));
        if (pocl is not null)
            TestDevices.Get(pocl.Id);
        var mayPin = pocl is not null && PoclThreads.MayUseEveryCore()
            && Environment.GetEnvironmentVariable(PoclThreads.Variable) is null;

        var pinned = !OperatingSystem.IsLinux() ? 0 : Directory.GetDirectories("/proc/self/task")
            .Select(task => File.ReadLines($"{task}/status")
                .First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)))
            .Select(line => line.Split(':')[1].Trim())
            .Where(cores => int.TryParse(cores, CultureInfo.InvariantCulture, out _))
            .Distinct().Count();

        Assert.That(pinned, Is.EqualTo(mayPin ? Environment.ProcessorCount : 0));
    }
}
