using BenchmarkDotNet.Attributes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// Truncated transforms of many rows: a product with the matrix of sines against a fast transform whose
/// upper bins are cut.
/// </summary>
public class TruncationBench : KernelBench
{
    private const int Rows = 2048, Shortest = 34, Longest = 1024, Widest = 32;

    /// <summary>Stands for the candidate that is taken when none is forced.</summary>
    private const string Chosen = "chosen";

    private DeviceArray _x = null!, _spectrum = null!;

    [Params(Shortest, 64, 256, Longest)]
    public int Length { get; set; }

    [Params(8, 16, Widest)]
    public int Kept { get; set; }

    [ParamsSource(nameof(Candidates))]
    public string Candidate { get; set; } = Chosen;

    public override double Flops => 4.0 * Rows * Length * Plan.Kept;

    /// <summary>What can run every length on this device.</summary>
    public static IEnumerable<string> Candidates =>
        [Chosen, .. Legal(Shortest, 1).Intersect(Legal(Longest, Widest))];

    private string? Forced => Candidate == Chosen ? null : Candidate;

    private BandTransformPlan Plan => PlanOf(Length, Kept);

    [GlobalSetup]
    public void Setup() =>
        (_x, _spectrum) =
        (Random(DType.Float32, 1, Plan.SampleCount), Empty(DType.Float32, Plan.SpectrumCount));

    [Benchmark]
    public void Forward()
    {
        BandTransform.Forward(Plan, _x, _spectrum, Forced);
        Device.Synchronize();
    }

    [Benchmark]
    public void Inverse()
    {
        BandTransform.Inverse(Plan, _spectrum, _x, null, Forced);
        Device.Synchronize();
    }

    public override double RelativeError()
    {
        var single = Transform(DType.Float32);
        return Compare(single, Transform(DType.Float64));
    }

    private static BandTransformPlan PlanOf(int length, int kept) =>
        new(length, Math.Min(kept, (length / 2) + 1), length, 0, 1, Rows);

    private static IReadOnlyList<string> Legal(int length, int kept) =>
        BandTransform.LegalCandidates(Device, PlanOf(length, kept));

    private DeviceArray Transform(DType type)
    {
        var spectrum = Empty(type, Plan.SpectrumCount);
        BandTransform.Forward(Plan, Random(type, 1, Plan.SampleCount), spectrum, Forced);
        return spectrum;
    }
}
