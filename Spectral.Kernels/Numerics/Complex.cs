using System.Numerics;
using System.Runtime.InteropServices;

namespace Spectral.Kernels;

/// <summary>
/// A complex number as kernels see it: real and imaginary part side by side, so that one coalesced
/// access loads both. Interleaved layout, as NumPy's and FFTW's complex arrays.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="re">Real part.</param>
/// <param name="im">Imaginary part.</param>
[StructLayout(LayoutKind.Sequential)]
public struct Complex<T>(T re, T im) : IEquatable<Complex<T>>
    where T : unmanaged, INumber<T>
{
    /// <summary>Real part.</summary>
    public T Re = re;

    /// <summary>Imaginary part.</summary>
    public T Im = im;

    /// <summary>Complex conjugate.</summary>
    public readonly Complex<T> Conjugate => new(Re, -Im);

    /// <summary>Sum.</summary>
    public static Complex<T> operator +(Complex<T> a, Complex<T> b) => new(a.Re + b.Re, a.Im + b.Im);

    /// <summary>Difference.</summary>
    public static Complex<T> operator -(Complex<T> a, Complex<T> b) => new(a.Re - b.Re, a.Im - b.Im);

    /// <summary>Product.</summary>
    public static Complex<T> operator *(Complex<T> a, Complex<T> b) =>
        new((a.Re * b.Re) - (a.Im * b.Im), (a.Re * b.Im) + (a.Im * b.Re));

    /// <summary>Product with a real number.</summary>
    public static Complex<T> operator *(Complex<T> a, T b) => new(a.Re * b, a.Im * b);

    /// <summary>Equality of both parts.</summary>
    public static bool operator ==(Complex<T> a, Complex<T> b) => a.Equals(b);

    /// <summary>Inequality of either part.</summary>
    public static bool operator !=(Complex<T> a, Complex<T> b) => !a.Equals(b);

    /// <inheritdoc/>
    public readonly bool Equals(Complex<T> other) => Re == other.Re && Im == other.Im;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Complex<T> other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Re, Im);

    /// <inheritdoc/>
    public override readonly string ToString() => $"({Re}, {Im})";
}
