using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// An odd radix, 2·n + 1, by definition: with the sums and differences of points j and radix − j, even and odd part of results
/// h and radix − h are sums of these times cosines and sines of 2π·jh/radix. n is a type, <see cref="ICount"/>, over which
/// recursion goes where other languages would unroll loops, so that all points are in registers.
/// </summary>
internal readonly struct OddRadix<TCount> : IRadix where TCount : struct, ICount
{
    public static int Points => (2 * TCount.Value) + 1;

    public static int Roots => TCount.Value;

    // Only asked for where it is not the last radix, which is rare.
    public static int Over(int n) => n / Points;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T>
    {
        var task = new OddTask<TSource, TTarget, TTurns, T>(source, step, target, spacing, table, roots, turns, Points);
        TCount.Read<TCount, NoPairs<T>, TSource, TTarget, TTurns, T>(task, new NoPairs<T>(source[0]));
    }
}

/// <summary>What the parts of an odd butterfly share, see <see cref="IRadix.Butterfly"/>.</summary>
internal readonly struct OddTask<TSource, TTarget, TTurns, T>(
    TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
    TTurns turns, int points)
    where TSource : struct, IFftSource<PointLane<T>, T>
    where TTarget : struct, IFftTarget<PointLane<T>, T>
    where TTurns : struct, ITurns<T>
    where T : unmanaged, INumber<T>
{
    internal readonly int Points = points;

    /// <summary>Roots 1 to half of the radix, conjugated.</summary>
    internal readonly ArrayView<Complex<T>> Roots = roots;

    private readonly TSource _source = source;
    private readonly TTarget _target = target;
    private readonly TTurns _turns = turns;
    private readonly ArrayView<Complex<T>> _table = table;
    private readonly int _step = step, _spacing = spacing;

    /// <summary>Points j and radix − j before others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PointPairs<TRest, T> Read<TRest>(int j, TRest rest) where TRest : struct, IPointPairs<T>
    {
        var (a, b) = (_source[j * _step], _source[(Points - j) * _step]);
        return new(j, a, b, rest);
    }

    /// <summary>Result 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write(ComplexLanes<PointLane<T>, T> value)
    {
        var target = _target;
        target[0] = value;
    }

    /// <summary>Results h and radix − h.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write(int h, EvenOdd<T> sums)
    {
        var target = _target;
        target[h * _spacing] = Turned(h, sums.EvenRe + sums.OddIm, sums.EvenIm - sums.OddRe);
        target[(Points - h) * _spacing] = Turned(Points - h, sums.EvenRe - sums.OddIm, sums.EvenIm + sums.OddRe);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ComplexLanes<PointLane<T>, T> Turned(int k, T re, T im)
    {
        var value = new ComplexLanes<PointLane<T>, T>(new(re), new(im));
        return _turns.AreOne ? value : value * _turns.Of(_table, k);
    }
}
