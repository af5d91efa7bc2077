using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>The transform of three points in registers.</summary>
internal readonly struct Dft3<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    internal readonly ComplexLanes<TLanes, T> R0, R1, R2;

    /// <param name="a">Point 0.</param>
    /// <param name="b">Point 1.</param>
    /// <param name="c">Point 2.</param>
    /// <param name="third">exp(2πi/3).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Dft3(
        ComplexLanes<TLanes, T> a, ComplexLanes<TLanes, T> b, ComplexLanes<TLanes, T> c, Complex<T> third)
    {
        var sum = b + c;
        var even = a + (sum * third.Re);
        var odd = (b - c) * third.Im;
        R0 = a + sum;
        R1 = ComplexLanes<TLanes, T>.MinusI(even, odd);
        R2 = ComplexLanes<TLanes, T>.PlusI(even, odd);
    }
}

/// <summary>The transform of five points in registers.</summary>
internal readonly struct Dft5<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    internal readonly ComplexLanes<TLanes, T> R0, R1, R2, R3, R4;

    /// <param name="a">Point 0.</param>
    /// <param name="b">Point 1.</param>
    /// <param name="c">Point 2.</param>
    /// <param name="d">Point 3.</param>
    /// <param name="e">Point 4.</param>
    /// <param name="w1">exp(2πi/5).</param>
    /// <param name="w2">exp(4πi/5).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Dft5(
        ComplexLanes<TLanes, T> a, ComplexLanes<TLanes, T> b, ComplexLanes<TLanes, T> c, ComplexLanes<TLanes, T> d,
        ComplexLanes<TLanes, T> e, Complex<T> w1, Complex<T> w2)
    {
        var (be, bMinusE, cd, cMinusD) = (b + e, b - e, c + d, c - d);
        R0 = a + be + cd;
        var even = a + (be * w1.Re) + (cd * w2.Re);
        var odd = (bMinusE * w1.Im) + (cMinusD * w2.Im);
        R1 = ComplexLanes<TLanes, T>.MinusI(even, odd);
        R4 = ComplexLanes<TLanes, T>.PlusI(even, odd);
        even = a + (be * w2.Re) + (cd * w1.Re);
        odd = (bMinusE * w2.Im) - (cMinusD * w1.Im);
        R2 = ComplexLanes<TLanes, T>.MinusI(even, odd);
        R3 = ComplexLanes<TLanes, T>.PlusI(even, odd);
    }
}
