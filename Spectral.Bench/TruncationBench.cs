using BenchmarkDotNet.Attributes;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// Truncated transforms of many rows: a product with the matrix of sines against a fast transform whose
/// upper bins are cut.
/// </summary>
public class TruncationBench : KernelBench
{
    private const int Rows = 2048;

    /// <summary>Stands for the candidate that is taken when none is forced.</summary>
    private const string Chosen = "chosen";

    private DeviceArray _x = null!, _spectrum = null!;

    [Params(34, 64, 256, 1024)]
    public int Length { get; set; }

    [Params(8, 16, 32)]
    public int Kept { get; set; }

    [Params(Chosen, "broadcast", "dft", "fft")]
    public string Candidate { get; set; } = Chosen;

    public override double Flops => 4.0 * Rows * Length * Plan.Kept;

    private string? Forced => Candidate == Chosen ? null : Candidate;

    private BandTransformPlan Plan =>
        new(Length, Math.Min(Kept, (Length / 2) + 1), Length, 0, 1, Rows);

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

    private DeviceArray Transform(DType type)
    {
        var spectrum = Empty(type, Plan.SpectrumCount);
        BandTransform.Forward(Plan, Random(type, 1, Plan.SampleCount), spectrum, Forced);
        return spectrum;
    }
}
