using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class BandTransformTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly BandTransformPlan[] Plans =
    [
        new(1, 1, 1, 0, 1, 1), new(2, 2, 2, 0, 1, 3), new(7, 4, 3, 2, 2, 5), new(8, 5, 8, 0, 1, 4),
        new(18, 10, 16, 2, 1, 7), new(33, 6, 32, 1, 1, 20), new(100, 9, 33, 1, 3, 37),
        new(256, 129, 250, 5, 1, 6),
        new(600, 20, 500, 16, 1, 9), new(211, 40, 201, 3, 1, 70),
        new(1100, 18, 1030, 7, 1, 55),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from plan in Plans
        from type in new[] { DType.Float32, DType.Float64 }
        select new TestCaseData(plan, type);

    [TestCaseSource(nameof(Cases))]
    public void Forward_is_the_truncated_transform(BandTransformPlan plan, DType type)
    {
        var x = Host.Random(1, (int)plan.SampleCount);
        var expected = new double[plan.SpectrumCount];
        for (var row = 0; row < plan.Rows; row++)
            for (var bin = 0; bin < plan.Kept; bin++)
            {
                var sum = System.Numerics.Complex.Zero;
                for (var l = 0; l < plan.Length; l++)
                    sum += x[(row * plan.Length) + l] * Turn(plan, bin, -(plan.Start + (l * plan.Step)));
                expected[(2 * bin * plan.Rows) + row] = sum.Real;
                expected[(((2 * bin) + 1) * plan.Rows) + row] = sum.Imaginary;
            }

        using var dx = Host.Upload(_device, type, x);
        foreach (var candidate in BandTransform.LegalCandidates(_device, plan))
        {
            using var spectrum = Host.Dirty(_device, type, expected.Length);
            BandTransform.Forward(plan, dx, spectrum, candidate);
            Closeness.AssertClose(Host.Download(spectrum), expected, Tolerance(type), $"{candidate}: {plan}");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Inverse_reads_a_truncated_spectrum(BandTransformPlan plan, DType type)
    {
        var spectrum = Host.Random(2, (int)plan.SpectrumCount);
        double[] bias = [0.5, -1.25, 2];
        var expected = new double[plan.SampleCount];
        for (var row = 0; row < plan.Rows; row++)
            for (var o = 0; o < plan.Length; o++)
            {
                var sum = bias[row % 3];
                for (var bin = 0; bin < plan.Kept; bin++)
                {
                    var isReal = bin == 0 || 2 * bin == plan.FftLength;
                    var z = new System.Numerics.Complex(spectrum[(2 * bin * plan.Rows) + row],
                        isReal ? 0 : spectrum[(((2 * bin) + 1) * plan.Rows) + row]);
                    var term = (z * Turn(plan, bin, plan.Start + (o * plan.Step))).Real;
                    sum += (isReal ? 1 : 2) * term / plan.FftLength;
                }

                expected[(row * plan.Length) + o] = sum;
            }

        using var ds = Host.Upload(_device, type, spectrum);
        using var db = Host.Upload(_device, type, bias);
        foreach (var candidate in BandTransform.LegalCandidates(_device, plan))
        {
            using var y = Host.Dirty(_device, type, expected.Length);
            BandTransform.Inverse(plan, ds, y, db, candidate);
            Closeness.AssertClose(Host.Download(y), expected, Tolerance(type), $"{candidate}: {plan}");
        }
    }

    [Test]
    public void Refuses_samples_off_the_circle()
    {
        using var x = new DeviceArray(_device, DType.Float32, 8);
        using var s = new DeviceArray(_device, DType.Float32, 4);
        Assert.That(() => BandTransform.Forward(new(8, 2, 8, 1, 1, 1), x, s),
            Throws.InstanceOf<InvalidInputException>());
    }

    [Test]
    public void Energy_chooses_the_smallest_band()
    {
        // Energies 1·|3|² + 2·|1|² for a length of 4: DC holds 9 of 11 parts, Nyquist nothing.
        using var spectrum = DeviceArray.From<float>(_device, [3, 0, 0.6f, -0.8f, 0, 0]);
        var energies = BandEnergy.PerBin(spectrum, 3);
        Assert.That(energies, Is.EqualTo([9.0, 1.0, 0.0]).Within(1e-6));
        Assert.That(BandEnergy.SmallestBand(energies, 4, 81), Is.EqualTo(1));
        Assert.That(BandEnergy.SmallestBand(energies, 4, 82), Is.EqualTo(2));
    }

    private static double Tolerance(DType type) =>
        type == DType.Float32 ? Tolerances.BandFloat : Tolerances.BandDouble;

    private static System.Numerics.Complex Turn(BandTransformPlan plan, int bin, long position) =>
        System.Numerics.Complex.FromPolarCoordinates(
            1, 2 * Math.PI * (bin * position % plan.FftLength) / plan.FftLength);
}
