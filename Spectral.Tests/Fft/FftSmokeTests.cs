using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class FftSmokeTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    [Test]
    public void Smoke()
    {
        foreach (var c in (string[])["lanes", "block", "stages"])
            foreach (var n in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 37, 64, 74, 100, 101, 210, 512, 10000, 16384, 10007])
            {
                if (!FftCandidates.List.Legal(_device, new FftShape(n, 3, DType.Float32)).Contains(c))
                    continue;
                var watch = System.Diagnostics.Stopwatch.StartNew();
                var o = FftOracle.Get(n, 11);
                foreach (var b in (int[])[1, 3, 11])
                {
                    try
                    {
                        var e = FftRunner.Errors<float>(_device, o, n, b, c);
                        var d = FftRunner.Errors<double>(_device, o, n, b, c);
                        TestContext.Out.WriteLine($"{c} {n} {b}: " + string.Join(" ", e.Concat(d).Select(v => v.ToString("e1"))) + $" {watch.ElapsedMilliseconds} ms");
                    }
                    catch (Exception x)
                    {
                        TestContext.Out.WriteLine($"{c} {n} {b}: {x.GetType().Name} {x.Message} {x.InnerException?.Message}");
                        break;
                    }
                }
            }
    }
}
