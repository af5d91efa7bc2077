using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

public class LowPassWavesTests
{
    // Odd and even circles, whole bands with and without a last bin of one sign, other circles of outputs.
    [TestCase(16, 3, 12, 2, 16, 16)]
    [TestCase(15, 8, 15, 0, 15, 15)]
    [TestCase(16, 9, 12, 3, 16, 16)]
    [TestCase(16, 9, 16, 0, 20, 24)]
    [TestCase(27, 1, 24, 1, 20, 27)]
    [TestCase(36, 10, 30, 0, 9, 18)]
    public void Those_of_outputs_and_inputs_make_the_low_pass(
        int circle, int kept, int length, int start, int outputs, int outputCircle)
    {
        var map = new AxisMap(new BandAxis(circle, kept), length, start, outputs, outputCircle);
        var (waves, from) = (new LowPassWaves(map, false).Compute(), new LowPassWaves(map, true).Compute());
        var expected = new AxisMapMatrix(map, false).Compute();
        for (var o = 0; o < outputs; o++)
            for (var i = 0; i < length; i++)
            {
                var sum = Enumerable.Range(0, LowPassWaves.Count(map))
                    .Sum(wave => from[(wave * outputs) + o] * waves[(wave * length) + i]);
                Assert.That(sum, Is.EqualTo(expected[(o * length) + i]).Within(Tolerances.BandDouble), $"output {o}, input {i}");
            }
    }
}
