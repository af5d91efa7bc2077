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
        : this([n], batch)
    {
    }

    /// <summary>Rows [batch][n], or planes [batch][height][width].</summary>
    internal Fftw(int[] size, int batch)
    {
        if (WhyMissing() is { } why)
            throw new DllNotFoundException(why);
        var samples = size.Aggregate(1, (product, n) => product * n);
        var bins = samples / size[^1] * ((size[^1] / 2) + 1);
        _inputLength = samples * batch;
        _outputLength = 2 * bins * batch;
        _input = Malloc(sizeof(float) * (nint)_inputLength);
        _output = Malloc(sizeof(float) * (nint)_outputLength);
        fixed (int* n = size)
            _plan = PlanManyRealToComplex(
                size.Length, n, batch, _input, null, 1, samples, _output, null, 1, bins, Measure);
    }

    /// <summary>Name and number, as the library gives them.</summary>
    internal static string Version =>
        Marshal.PtrToStringUTF8(NativeLibrary.GetExport(NativeLibrary.Load(Library), "fftwf_version"))!
        + ", one thread, measured plans";

    /// <summary>Why it cannot be used, or null.</summary>
    internal static string? WhyMissing() => NativeLibrary.TryLoad(Library, out _)
        ? null
        : $"{Library} was not found (on Debian: libfftw3-single3)";

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
