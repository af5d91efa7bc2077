using System.Runtime.InteropServices;

namespace Spectral.Bench;

/// <summary>
/// FFTW in single precision through its C interface, where the system has it: batched real transforms,
/// planned with measurement, on its own aligned buffers and one thread.
/// </summary>
internal sealed unsafe partial class Fftw : IDisposable
{
    private const string Library = "libfftw3f.so.3";

    private const uint Measure = 0;

    private readonly IntPtr _input, _output, _plan;
    private readonly int _inputLength, _outputLength;

    internal Fftw(int n, int batch)
    {
        if (!NativeLibrary.TryLoad(Library, out _))
            throw new DllNotFoundException($"{Library} is not installed (on Debian: libfftw3-single3)");
        _inputLength = n * batch;
        _outputLength = 2 * ((n / 2) + 1) * batch;
        _input = Malloc(sizeof(float) * (nint)_inputLength);
        _output = Malloc(sizeof(float) * (nint)_outputLength);
        _plan = PlanManyRealToComplex(
            1, &n, batch, _input, null, 1, n, _output, null, 1, (n / 2) + 1, Measure);
    }

    internal Span<float> Input => new((void*)_input, _inputLength);

    internal Span<float> Output => new((void*)_output, _outputLength);

    internal void Run() => Execute(_plan);

    public void Dispose()
    {
        DestroyPlan(_plan);
        Free(_input);
        Free(_output);
    }

    [LibraryImport(Library, EntryPoint = "fftwf_plan_many_dft_r2c")]
    private static partial IntPtr PlanManyRealToComplex(
        int rank, int* n, int howMany, IntPtr input, int* inputEmbedding, int inputStride, int inputDistance,
        IntPtr output, int* outputEmbedding, int outputStride, int outputDistance, uint flags);

    [LibraryImport(Library, EntryPoint = "fftwf_execute")]
    private static partial void Execute(IntPtr plan);

    [LibraryImport(Library, EntryPoint = "fftwf_destroy_plan")]
    private static partial void DestroyPlan(IntPtr plan);

    [LibraryImport(Library, EntryPoint = "fftwf_malloc")]
    private static partial IntPtr Malloc(nint bytes);

    [LibraryImport(Library, EntryPoint = "fftwf_free")]
    private static partial void Free(IntPtr memory);
}
