using System.Numerics;
using BenchmarkDotNet.Attributes;
using MathNet.Numerics.IntegralTransforms;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// Batched real transforms in float: ours on the default device against FFTW (one thread, measured plan)
/// and MathNet's managed one, a million samples a call. <see cref="RelativeErrors"/> tells the error of
/// each against MathNet in double.
/// </summary>
public class FftBench
{
    private const int Samples = 1 << 20;

    private ComputeDevice _device = null!;
    private FftPlan<float> _plan = null!;
    private DeviceArray _x = null!, _y = null!, _work = null!;
    private Fftw? _fftw;
    private float[] _signal = [];
    private float[][] _rows = [];

    [Params(16, 36, 64, 100, 256, 1024, 4096)]
    public int Length { get; set; }

    private int Batch => Samples / Length;

    private int Bins => (Length / 2) + 1;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _signal = [.. Enumerable.Range(0, Length * Batch).Select(_ => random.NextSingle() - 0.5f)];
        _device = ComputeDevice.Default;
        _plan = FftPlan<float>.Create(_device, Length, Batch);
        _x = DeviceArray.From<float>(_device, _signal);
        _y = new DeviceArray(_device, DType.Float32, 2L * Bins * Batch);
        _work = new DeviceArray(_device, DType.Float32, Math.Max(1, _plan.WorkspaceLength));
        var padded = Length % 2 == 0 ? Length + 2 : Length + 1;
        _rows = [.. Enumerable.Range(0, Batch).Select(_ => new float[padded])];
    }

    [IterationSetup(Target = nameof(MathNet))]
    public void Refill()
    {
        for (var row = 0; row < Batch; row++)
            _signal.AsSpan(row * Length, Length).CopyTo(_rows[row]);
    }

    [GlobalSetup(Target = nameof(FFTW))]
    public void SetupFftw()
    {
        Setup();
        _fftw = new Fftw(Length, Batch);
        _signal.CopyTo(_fftw.Input);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _x.Dispose();
        _y.Dispose();
        _work.Dispose();
        _fftw?.Dispose();
        _fftw = null;
    }

    [Benchmark(Baseline = true)]
    public void Ours()
    {
        _plan.ForwardReal(_x.View<float>(), _y.ComplexView<float>(), _work.View<float>());
        _device.Synchronize();
    }

    [Benchmark]
    public void FFTW() => _fftw!.Run();

    [Benchmark]
    public void MathNet()
    {
        foreach (var row in _rows)
            Fourier.ForwardReal(row, Length, FourierOptions.NoScaling);
    }

    /// <summary>Relative L2 error of the first row, by method: what speed is worth nothing without.</summary>
    public IReadOnlyDictionary<string, double> RelativeErrors()
    {
        Ours();
        var exact = _signal.Take(Length).Select(v => new Complex(v, 0)).ToArray();
        Fourier.Forward(exact, FourierOptions.NoScaling);
        var errors = new Dictionary<string, double>
        {
            [nameof(Ours)] = Error(_y.ToArray<float>(), exact),
        };
        Refill();
        MathNet();
        errors[nameof(MathNet)] = Error(_rows[0], exact);
        if (_fftw is not null)
        {
            FFTW();
            errors[nameof(FFTW)] = Error(_fftw.Output, exact);
        }

        return errors;
    }

    private double Error(ReadOnlySpan<float> got, Complex[] exact)
    {
        double error = 0, norm = 0;
        for (var k = 0; k < Bins; k++)
        {
            var difference = new Complex(got[2 * k], got[(2 * k) + 1]) - exact[k];
            error += (difference * Complex.Conjugate(difference)).Real;
            norm += (exact[k] * Complex.Conjugate(exact[k])).Real;
        }

        return Math.Sqrt(error / norm);
    }
}
