using NUnit.Framework;
using Spectral.Kernels;
using Complex = System.Numerics.Complex;

namespace Spectral.Tests.Kernels;

[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class PlaneTransformTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly PlaneTransformPlan[] Plans =
    [
        Plan(1, (1, 1, 1, 0, 1), (1, 1, 1, 0, 1)), Plan(3, (2, 2, 2, 0, 1), (3, 2, 2, 1, 1)),
        Plan(4, (5, 2, 4, 1, 1), (8, 3, 6, 2, 1)), Plan(17, (9, 5, 8, 1, 1), (9, 5, 8, 1, 1)),
        Plan(5, (10, 6, 4, 0, 3), (18, 10, 9, 0, 2)), Plan(6, (12, 4, 10, 1, 1), (7, 1, 3, 2, 2)),
        Plan(33, (20, 7, 19, 1, 1), (35, 12, 32, 1, 1)),

        // Whole registers of planes: of few samples, and of odd and even numbers of rows and columns.
        Plan(48, (4, 3, 3, 0, 1), (4, 3, 3, 1, 1)), Plan(16, (7, 4, 5, 1, 1), (6, 4, 5, 0, 1)),
        Plan(40, (18, 10, 16, 1, 1), (40, 5, 17, 3, 2)),

        // Rows of few samples, more of them than a group holds.
        Plan(37, (1, 1, 1, 0, 1), (28, 9, 24, 2, 1)), Plan(16, (1, 1, 1, 0, 1), (70, 2, 64, 0, 1)),

        // Filters with a long spectrum, which many work-items share.
        Plan(20, (34, 18, 3, 0, 1), (34, 18, 3, 0, 1)),
    ];

    /// <summary>Its scratch would have 2³² elements less 786432, which 32 bits take for a negative number.</summary>
    [Test]
    public void A_huge_plane_is_not_taken_through_a_cache() => Assert.That(
        PlaneTransform.LegalCandidates(_device, Plan(1, (16384, 8190, 16384, 0, 1), (16384, 8190, 16384, 0, 1))),
        Does.Not.Contain("lanes"));

    private static IEnumerable<TestCaseData> Cases() =>
        from plan in Plans
        from type in new[] { DType.Float32, DType.Float64 }
        select new TestCaseData(plan, type);

    [TestCaseSource(nameof(Cases))]
    public void Forward_is_the_truncated_transform(PlaneTransformPlan plan, DType type)
    {
        var x = Host.Random(1, (int)plan.SampleCount);
        var expected = new double[plan.SpectrumCount];
        for (var plane = 0; plane < plan.Planes; plane++)
            for (var f = 0; f < plan.Frequencies; f++)
            {
                var sum = Complex.Zero;
                for (var i = 0; i < plan.PlaneLength; i++)
                    sum += x[(plane * plan.PlaneLength) + i] * Complex.Conjugate(Turn(plan, f, i));
                expected[(2 * f * plan.Planes) + plane] = sum.Real;
                expected[(((2 * f) + 1) * plan.Planes) + plane] = sum.Imaginary;
            }

        using var dx = Host.Upload(_device, type, x);
        foreach (var candidate in PlaneTransform.LegalCandidates(_device, plan))
        {
            using var spectrum = Host.Dirty(_device, type, expected.Length);
            PlaneTransform.Forward(plan, dx, spectrum, candidate);
            Closeness.AssertClose(Host.Download(spectrum), expected, Tolerance(type), $"{candidate}: {plan}");
        }
    }

    /// <summary>Of a spectrum as real planes have it, which is what a band-limited convolution makes.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Inverse_reads_a_truncated_spectrum(PlaneTransformPlan plan, DType type)
    {
        double[] bias = [0.5, -1.25, 2];
        var planes = Host.Random(2, (int)plan.SampleCount);
        var spectrum = new double[plan.SpectrumCount];
        using (var dx = Host.Upload(_device, DType.Float64, planes))
        using (var ds = Host.Dirty(_device, DType.Float64, spectrum.Length))
        {
            PlaneTransform.Forward(plan, dx, ds, "axes");
            spectrum = Host.Download(ds);
        }

        var expected = new double[plan.SampleCount];
        var points = (double)plan.H.FftLength * plan.W.FftLength;
        for (var plane = 0; plane < plan.Planes; plane++)
            for (var i = 0; i < plan.PlaneLength; i++)
            {
                var sum = bias[plane % 3];
                for (var f = 0; f < plan.Frequencies; f++)
                {
                    var column = f / plan.H.Band.BothSigns;
                    var weight = column == 0 || 2 * column == plan.W.FftLength ? 1 : 2;
                    var z = new Complex(
                        spectrum[(2 * f * plan.Planes) + plane], spectrum[(((2 * f) + 1) * plan.Planes) + plane]);
                    sum += weight * (z * Turn(plan, f, i)).Real / points;
                }

                expected[(plane * plan.PlaneLength) + i] = sum;
            }

        using var upload = Host.Upload(_device, type, spectrum);
        using var db = Host.Upload(_device, type, bias);
        foreach (var candidate in PlaneTransform.LegalCandidates(_device, plan))
        {
            using var y = Host.Dirty(_device, type, expected.Length);
            PlaneTransform.Inverse(plan, upload, y, db, candidate);
            Closeness.AssertClose(Host.Download(y), expected, Tolerance(type), $"{candidate}: {plan}");
        }
    }

    /// <summary>Along rows and columns, whole and padded, of few planes and of more than a group holds.</summary>
    [Test]
    public void Kernels_for_a_known_length_do_the_same()
    {
        var plans = new[]
        {
            Plan(70, (12, 4, 10, 1, 1), (12, 4, 10, 1, 1)), Plan(3, (34, 9, 32, 1, 1), (34, 18, 34, 0, 1)),
            Plan(5, (16, 9, 16, 0, 1), (35, 5, 32, 2, 1)),
        };
        if (!_device.Quirks.RunsTiles)
            Assert.That(FftCandidates.List.Legal(_device, new FftShape(12, 8, DType.Float32)), Does.Not.Contain("known"));
        else
            try
            {
                Environment.SetEnvironmentVariable(CandidateEnvironment.Variable, "fft=known");
                foreach (var plan in plans)
                {
                    Forward_is_the_truncated_transform(plan, DType.Float32);
                    Inverse_reads_a_truncated_spectrum(plan, DType.Float32);
                }
            }
            finally
            {
                Environment.SetEnvironmentVariable(CandidateEnvironment.Variable, null);
            }
    }

    [Test]
    public void Large_planes_take_fast_transforms()
    {
        var band = new BandAxis(600, 60);
        var axis = new AxisSamples(band, 500, 3, 1);
        var plan = new PlaneTransformPlan(2, axis, axis);
        var x = Host.Random(4, (int)plan.SampleCount);
        using var dx = Host.Upload(_device, DType.Float64, x);
        using var automatic = Host.Dirty(_device, DType.Float64, (int)plan.SpectrumCount);
        using var byMatrix = Host.Dirty(_device, DType.Float64, (int)plan.SpectrumCount);
        PlaneTransform.Forward(plan, dx, automatic);
        PlaneTransform.Forward(plan, dx, byMatrix, "axes");
        Closeness.AssertClose(
            Host.Download(automatic), Host.Download(byMatrix), Tolerances.GoldenDouble, $"{plan}");
        Assert.That(plan.FavoursFft, Is.True);
    }

    /// <summary>Of 2·29 points, whose butterfly is not written out, and of 64, where all is kept.</summary>
    [TestCase(58, 29, false)]
    [TestCase(64, 33, true)]
    public void On_gpus_large_prime_factors_are_left_to_matrices(int circle, int kept, bool fast)
    {
        var axis = new AxisSamples(new BandAxis(circle, kept), circle - 2, 0, 1);
        Assert.That(new PlaneTransformPlan(2048, axis, axis).FavoursFft, Is.EqualTo(fast));
    }

    [Test]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var plan = Plans[2];
        using var x = Host.Dirty(_device, DType.Float32, (int)plan.SampleCount);
        using var spectrum = Host.Dirty(_device, DType.Float32, (int)plan.SpectrumCount - 1);
        Assert.That(() => PlaneTransform.Forward(plan, x, spectrum),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains($"{plan.SpectrumCount}"));
        var beyond = plan with { H = plan.H with { Start = 3 } };
        Assert.That(() => PlaneTransform.Forward(beyond, x, spectrum), Throws.TypeOf<InvalidInputException>());
    }

    [Test]
    public void Few_samples_on_long_circles_need_little_scratch()
    {
        var plan = Plan(20, (256, 129, 3, 0, 1), (256, 129, 3, 0, 1));
        using var x = Host.Upload(_device, DType.Float32, Host.Random(1, (int)plan.SampleCount));
        using var spectrum = new DeviceArray(_device, DType.Float32, plan.SpectrumCount);
        PlaneTransform.Forward(plan, x, spectrum, "lanes");
        _device.Pool.ResetPeak();
        var before = _device.Pool.Statistics.BytesInUse;
        PlaneTransform.Forward(plan, x, spectrum, "lanes");
        Assert.That(_device.Pool.Statistics.PeakBytesInUse - before, Is.LessThan(4 << 20));
    }

    private static PlaneTransformPlan Plan(
        int planes, (int S, int Kept, int Length, int Start, int Step) h,
        (int S, int Kept, int Length, int Start, int Step) w) => new(planes, Axis(h), Axis(w));

    private static AxisSamples Axis((int S, int Kept, int Length, int Start, int Step) a) =>
        new(new BandAxis(a.S, a.Kept), a.Length, a.Start, a.Step);

    // e^(iθ) of a coefficient at a sample, rows in the order 0, 1, −1, 2, −2 …
    private static Complex Turn(PlaneTransformPlan plan, int f, int sample)
    {
        var (rows, row) = (plan.H.Band.BothSigns, f % plan.H.Band.BothSigns);
        var signed = row % 2 == 0 ? -(row / 2) : (row + 1) / 2;
        var (h, w) = (sample / plan.W.Length, sample % plan.W.Length);
        var vertical = signed * (plan.H.Start + (h * plan.H.Step)) / (double)plan.H.FftLength;
        var horizontal = f / rows * (plan.W.Start + (w * plan.W.Step)) / (double)plan.W.FftLength;
        return Complex.FromPolarCoordinates(1, 2 * Math.PI * (vertical + horizontal));
    }

    private static double Tolerance(DType type) =>
        type == DType.Float64 ? Tolerances.BandDouble : Tolerances.BandFloat;
}
