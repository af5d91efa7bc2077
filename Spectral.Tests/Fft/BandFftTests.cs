using System.Numerics;
using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class BandFftTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly int[][] Shapes =
    [
        // rows, circle, bins, samples, start, step
        [1, 1, 1, 1, 0, 1], [5, 2, 2, 2, 0, 1], [9, 2, 1, 1, 1, 1], [3, 5, 3, 4, 1, 1], [8, 6, 4, 6, 0, 1],
        [19, 9, 2, 3, 2, 3], [8, 36, 19, 32, 1, 1], [16, 36, 7, 16, 0, 2], [11, 36, 1, 34, 2, 1],
        [17, 35, 18, 35, 0, 1], [24, 35, 9, 12, 1, 3], [12, 64, 33, 64, 0, 1], [64, 150, 31, 50, 0, 3],
        [10, 37, 19, 30, 3, 1], [10, 74, 20, 60, 0, 1], [7, 10000, 40, 4000, 5, 2],
        // Tiles of sixteen rows, in runs, and some rows more.
        [37, 36, 9, 20, 3, 1], [53, 50, 26, 50, 0, 1], [150, 32, 17, 30, 1, 1],
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Forward_keeps_the_bins_of_the_padded_rows(
        int rows, int circle, int bins, int samples, int start, int step)
    {
        var shape = new BandFftShape(rows, circle, bins, samples, start, step);
        var x = Numbers(rows * samples, 1);
        var expected = new double[2 * bins * rows];
        for (var row = 0; row < rows; row++)
            for (var k = 0; k < bins; k++)
            {
                Complex sum = 0;
                for (var l = 0; l < samples; l++)
                {
                    var root = Roots.Of((long)k * (start + (l * step)), circle);
                    sum += x[(row * samples) + l] * new Complex(root.Re, root.Im);
                }

                expected[(2 * k * rows) + row] = sum.Real;
                expected[(((2 * k) + 1) * rows) + row] = sum.Imaginary;
            }

        using var signal = DeviceArray.From<float>(_device, x);
        using var spectrum = FftRunner.Dirty<float>(_device, expected.Length);
        BandFft.Forward(_device, shape, signal.View<float>(), spectrum.View<float>());
        Assert.That(
            FftRunner.Worst(spectrum.ToArray<float>(), expected, expected.Length, 1),
            Is.LessThan(Tolerances.Fft(circle, 2)));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Inverse_takes_the_samples_it_is_asked_for(
        int rows, int circle, int bins, int samples, int start, int step)
    {
        var shape = new BandFftShape(rows, circle, bins, samples, start, step);
        var spectrum = Numbers(2 * bins * rows, 2);
        var bias = Numbers(3, 3);
        var expected = new double[rows * samples];
        for (var row = 0; row < rows; row++)
            for (var l = 0; l < samples; l++)
                expected[(row * samples) + l] =
                    Sample(spectrum, shape, row, start + (l * step)) + bias[row % 3];

        using var from = DeviceArray.From<float>(_device, spectrum);
        using var added = DeviceArray.From<float>(_device, bias);
        using var y = FftRunner.Dirty<float>(_device, expected.Length);
        BandFft.Inverse(_device, shape, from.View<float>(), y.View<float>(), added.View<float>());
        Assert.That(
            FftRunner.Worst(y.ToArray<float>(), expected, expected.Length, 1),
            Is.LessThan(Tolerances.Fft(circle, 2)));
    }

    /// <summary>Samples in pairs and not, bins of neighbouring rows side by side, rows that do not fill a group.</summary>
    [Test]
    public void Candidates_for_GPUs_do_the_same(
        [Values("known", "block")] string candidate, [Values(36, 35, 64, 150)] int circle)
    {
        if (!_device.Quirks.RunsTiles)
            Assert.That(
                FftCandidates.List.Legal(_device, new FftShape(circle, 8, DType.Float32)), Does.Not.Contain(candidate));
        else
            try
            {
                Environment.SetEnvironmentVariable(CandidateEnvironment.Variable, $"fft={candidate}");
                foreach (var s in Shapes.Where(s => s[1] == circle))
                {
                    Forward_keeps_the_bins_of_the_padded_rows(s[0], s[1], s[2], s[3], s[4], s[5]);
                    Inverse_takes_the_samples_it_is_asked_for(s[0], s[1], s[2], s[3], s[4], s[5]);
                }
            }
            finally
            {
                Environment.SetEnvironmentVariable(CandidateEnvironment.Variable, null);
            }
    }

    [Test]
    public void Shapes_off_the_circle_are_refused()
    {
        var shape = new BandFftShape(1, 8, 5, 5, 4, 1);
        Assert.That(BandFft.IsLegal(shape), Is.False);
        using var x = new DeviceArray(_device, DType.Float32, 5);
        using var y = new DeviceArray(_device, DType.Float32, 10);
        Assert.That(
            () => BandFft.Forward(_device, shape, x.View<float>(), y.View<float>()),
            Throws.TypeOf<InvalidInputException>());
    }

    [Test]
    public void Usual_lengths_are_one_launch() =>
        Assert.That(
            BandFft.IsFused<float>(_device, new BandFftShape(64, 36, 10, 32, 1, 1)),
            Is.EqualTo(_device.Quirks.PrefersVectorLoops || _device.Quirks.RunsTiles));

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static double Sample(float[] spectrum, BandFftShape shape, int row, int position)
    {
        double sum = spectrum[row];
        for (var k = 1; k < shape.Bins; k++)
        {
            var root = Roots.Of((long)k * position, shape.Circle);
            var re = spectrum[(2 * k * shape.Rows) + row];
            var im = spectrum[(((2 * k) + 1) * shape.Rows) + row];
            sum += 2 * k == shape.Circle ? re * root.Re : 2 * ((re * root.Re) + (im * root.Im));
        }

        return sum / shape.Circle;
    }
}
