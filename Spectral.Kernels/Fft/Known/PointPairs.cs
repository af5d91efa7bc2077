using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Sums of points times cosines, and of points times sines.</summary>
internal readonly struct EvenOdd<T>(T evenRe, T evenIm, T oddRe, T oddIm)
    where T : unmanaged, INumber<T>
{
    internal readonly T EvenRe = evenRe, EvenIm = evenIm, OddRe = oddRe, OddIm = oddIm;
}

/// <summary>Pairs of points of an odd butterfly in registers, a list as a type.</summary>
internal interface IPointPairs<T> where T : unmanaged, INumber<T>
{
    /// <summary>Sum of all points.</summary>
    ComplexLanes<PointLane<T>, T> Total { get; }

    /// <summary>Even and odd part of result h.</summary>
    /// <param name="roots">cos and sin of 2πj/radix, from j = 1 to half of the radix.</param>
    /// <param name="h">Which result, from 1 to half of the radix.</param>
    /// <param name="radix">The radix.</param>
    EvenOdd<T> Parts(ArrayView<Complex<T>> roots, int h, int radix);
}

/// <summary>The end of a list: point 0.</summary>
internal readonly struct NoPairs<T>(ComplexLanes<PointLane<T>, T> point) : IPointPairs<T>
    where T : unmanaged, INumber<T>
{
    private readonly ComplexLanes<PointLane<T>, T> _point = point;

    public ComplexLanes<PointLane<T>, T> Total => _point;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EvenOdd<T> Parts(ArrayView<Complex<T>> roots, int h, int radix) =>
        new(_point.Re.Value, _point.Im.Value, T.Zero, T.Zero);
}

/// <summary>Points j and radix − j, as sum and difference, and the rest of the list.</summary>
internal readonly struct PointPairs<TRest, T>(
    int j, ComplexLanes<PointLane<T>, T> a, ComplexLanes<PointLane<T>, T> b, TRest rest)
    : IPointPairs<T>
    where TRest : struct, IPointPairs<T>
    where T : unmanaged, INumber<T>
{
    private readonly int _j = j;
    private readonly T _sumRe = a.Re.Value + b.Re.Value, _sumIm = a.Im.Value + b.Im.Value;
    private readonly T _differenceRe = a.Re.Value - b.Re.Value, _differenceIm = a.Im.Value - b.Im.Value;
    private readonly TRest _rest = rest;

    public ComplexLanes<PointLane<T>, T> Total
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new ComplexLanes<PointLane<T>, T>(new(_sumRe), new(_sumIm)) + _rest.Total;
    }

    // In plain numbers: a compiler of kernels takes a while over each call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EvenOdd<T> Parts(ArrayView<Complex<T>> roots, int h, int radix)
    {
        var others = _rest.Parts(roots, h, radix);

        // Less than 4 times the radix, without a division, which compilers of kernels do not take out of constants.
        var turn = _j * h;
        turn -= turn >= 2 * radix ? 2 * radix : 0;
        turn -= turn >= radix ? radix : 0;
        var isBeyondHalf = 2 * turn > radix;
        var root = roots[(isBeyondHalf ? radix - turn : turn) - 1];
        var sine = isBeyondHalf ? T.Zero - root.Im : root.Im;
        return new(
            others.EvenRe + (_sumRe * root.Re), others.EvenIm + (_sumIm * root.Re),
            others.OddRe + (_differenceRe * sine), others.OddIm + (_differenceIm * sine));
    }
}
