using System.Runtime.InteropServices;

namespace Spectral.Bench;

/// <summary>OpenBLAS's product of float matrices through its C interface, where the system has it.</summary>
internal static unsafe partial class OpenBlas
{
    private const string Library = "libopenblas.so.0";
    private const int RowMajor = 101;
    private const int Plain = 111;
    private const int Transposed = 112;

    /// <summary>Version and build.</summary>
    internal static string Version => $"{Marshal.PtrToStringUTF8(Config())?.Trim()}, {Threads()} threads";

    /// <summary>Why it cannot be used, or null.</summary>
    internal static string? WhyMissing() => NativeLibrary.TryLoad(Library, out _)
        ? null
        : $"{Library} was not found (on Debian: libopenblas0-pthread)";

    /// <summary>
    /// c [m][p] = alpha · a · b + beta · c, a being [m][l], or [l][m] and transposed, and b [l][p], or
    /// [p][l] and transposed.
    /// </summary>
    internal static void Multiply(
        (int M, int P, int L) size, float alpha, float* a, bool transposedA, float* b, bool transposedB,
        float beta, float* c) =>
        Sgemm(
            RowMajor, transposedA ? Transposed : Plain, transposedB ? Transposed : Plain, size.M, size.P,
            size.L, alpha, a, transposedA ? size.M : size.L, b, transposedB ? size.L : size.P, beta, c, size.P);

    [LibraryImport(Library, EntryPoint = "cblas_sgemm")]
    private static partial void Sgemm(
        int order, int transposeA, int transposeB, int m, int n, int k, float alpha, float* a, int lda,
        float* b, int ldb, float beta, float* c, int ldc);

    [LibraryImport(Library, EntryPoint = "openblas_get_config")]
    private static partial IntPtr Config();

    [LibraryImport(Library, EntryPoint = "openblas_get_num_threads")]
    private static partial int Threads();
}
