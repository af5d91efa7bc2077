using System.Numerics;
using BenchmarkDotNet.Attributes;
using MathNet.Numerics.IntegralTransforms;
using Spectral.Kernels;

namespace Spectral.Bench;

/// <summary>
/// Batched real transforms in float: ours on the default device against FFTW (one thread, measured plan)
/// and MathNet's managed one, a million samples a call. The error is that of the first row, against MathNet in
/// double.
/// </summary>
public class FftBench : IMeasured
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

    // It works in place, so that each call needs its input again: a copy, small beside the transform.
    [Benchmark]
    public void MathNet()
    {
        for (var row = 0; row < Batch; row++)
        {
            _signal.AsSpan(row * Length, Length).CopyTo(_rows[row]);
            Fourier.ForwardReal(_rows[row], Length, FourierOptions.NoScaling);
        }
    }

    /// <summary>5/2 · n · log₂ n for each row, the usual count of a real transform.</summary>
    public double Flops => 2.5 * Length * Math.Log2(Length) * Batch;

    public double RelativeError(string method)
    {
        SetupFftw();
        var exact = _signal.Take(Length).Select(v => new Complex(v, 0)).ToArray();
        Fourier.Forward(exact, FourierOptions.NoScaling);
        switch (method)
        {
            case nameof(FFTW):
                FFTW();
                return Error(_fftw!.Output, exact);
            case nameof(MathNet):
                MathNet();
                return Error(_rows[0], exact);
            default:
                Ours();
                return Error(_y.ToArray<float>(), exact);
        }
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
