using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>How a term enters a sum of complex products: which factor is conjugated.</summary>
internal interface IComplexProduct<T> where T : unmanaged, INumber<T>
{
    /// <summary>Adds one term, by lanes of b, to the real and the imaginary sum.</summary>
    static abstract void Add<TLanes>(
        ref TLanes re, ref TLanes im, T aRe, T aIm, TLanes bRe, TLanes bIm)
        where TLanes : unmanaged, ILanes<T, TLanes>;
}

/// <summary>a · b.</summary>
internal readonly struct PlainProduct<T> : IComplexProduct<T> where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLanes>(
        ref TLanes re, ref TLanes im, T aRe, T aIm, TLanes bRe, TLanes bIm)
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        re = TLanes.Subtract(TLanes.Add(re, aRe, bRe), aIm, bIm);
        im = TLanes.Add(TLanes.Add(im, aRe, bIm), aIm, bRe);
    }
}

/// <summary>a · conj(b).</summary>
internal readonly struct RightConjugate<T> : IComplexProduct<T> where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLanes>(
        ref TLanes re, ref TLanes im, T aRe, T aIm, TLanes bRe, TLanes bIm)
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        re = TLanes.Add(TLanes.Add(re, aRe, bRe), aIm, bIm);
        im = TLanes.Subtract(TLanes.Add(im, aIm, bRe), aRe, bIm);
    }
}

/// <summary>conj(a) · b.</summary>
internal readonly struct LeftConjugate<T> : IComplexProduct<T> where T : unmanaged, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLanes>(
        ref TLanes re, ref TLanes im, T aRe, T aIm, TLanes bRe, TLanes bIm)
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        re = TLanes.Add(TLanes.Add(re, aRe, bRe), aIm, bIm);
        im = TLanes.Subtract(TLanes.Add(im, aRe, bIm), aIm, bRe);
    }
}
