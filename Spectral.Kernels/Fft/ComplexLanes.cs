using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Spectral.Kernels;

/// <summary>
/// Complex numbers side by side, real parts together and imaginary parts together. With
/// <see cref="PointLane{T}"/> it lies in memory as <see cref="Complex{T}"/> does.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ComplexLanes<TLanes, T>(TLanes re, TLanes im)
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    public TLanes Re = re;
    public TLanes Im = im;

    public static ComplexLanes<TLanes, T> Zero => new(TLanes.Zero, TLanes.Zero);

    /// <summary>Real and imaginary parts exchanged: turns a forward transform into an inverse one.</summary>
    public readonly ComplexLanes<TLanes, T> Swapped => new(Im, Re);

    public readonly ComplexLanes<TLanes, T> Conjugate => new(Re, TLanes.Zero - Im);

    /// <summary>The number times −i.</summary>
    public readonly ComplexLanes<TLanes, T> TimesMinusI => new(Im, TLanes.Zero - Re);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<TLanes, T> operator +(
        ComplexLanes<TLanes, T> a, ComplexLanes<TLanes, T> b) => new(a.Re + b.Re, a.Im + b.Im);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<TLanes, T> operator -(
        ComplexLanes<TLanes, T> a, ComplexLanes<TLanes, T> b) => new(a.Re - b.Re, a.Im - b.Im);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<TLanes, T> operator *(ComplexLanes<TLanes, T> a, T b) =>
        new(a.Re * b, a.Im * b);

    /// <summary>Every lane times the same complex number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<TLanes, T> operator *(ComplexLanes<TLanes, T> a, Complex<T> w) =>
        new((a.Re * w.Re) - (a.Im * w.Im), (a.Re * w.Im) + (a.Im * w.Re));

    /// <summary>Lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<TLanes, T> operator *(
        ComplexLanes<TLanes, T> a, ComplexLanes<TLanes, T> b) =>
        new((a.Re * b.Re) - (a.Im * b.Im), (a.Re * b.Im) + (a.Im * b.Re));

    /// <summary>a − i·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<TLanes, T> MinusI(ComplexLanes<TLanes, T> a, ComplexLanes<TLanes, T> b) =>
        new(a.Re + b.Im, a.Im - b.Re);

    /// <summary>a + i·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<TLanes, T> PlusI(ComplexLanes<TLanes, T> a, ComplexLanes<TLanes, T> b) =>
        new(a.Re - b.Im, a.Im + b.Re);
}
