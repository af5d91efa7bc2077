using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Sums of lanes, each written as a difference with a product. A difference has an order: where both
/// operands of a sum look alike, compilers that put scalars together to vectors mix them up between lanes,
/// and pay with shuffles. The factors are arguments of a kernel, which its compiler does not know; the
/// products are fused and exact.
/// </summary>
/// <param name="One">1.</param>
/// <param name="MinusOne">−1.</param>
/// <param name="Zero">0.</param>
internal readonly record struct Signs<T>(T One, T MinusOne, T Zero) where T : unmanaged, INumber<T>
{
    /// <summary>The numbers.</summary>
    internal static Signs<T> Known => new(T.One, -T.One, T.Zero);

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Plus<TLanes>(TLanes a, TLanes b) where TLanes : unmanaged, ILanes<T, TLanes> =>
        TLanes.Subtract(a, MinusOne, b);

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Minus<TLanes>(TLanes a, TLanes b) where TLanes : unmanaged, ILanes<T, TLanes> =>
        TLanes.Subtract(a, One, b);

    /// <summary>a + f·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Plus<TLanes>(TLanes a, T f, TLanes b) where TLanes : unmanaged, ILanes<T, TLanes> =>
        TLanes.Subtract(a, Zero - f, b);

    /// <summary>f·a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Times<TLanes>(T f, TLanes a) where TLanes : unmanaged, ILanes<T, TLanes> =>
        TLanes.Add(TLanes.Zero, f, a);
}

/// <summary>Points in lanes: a real part and, a distance on, an imaginary part.</summary>
internal static class LanePoint<TLanes, T>
    where TLanes : unmanaged, ILanes<T, TLanes>
    where T : unmanaged, INumber<T>
{
    /// <summary>Lanes from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Load(ArrayView<T> view, long at) => Lanes.Load<T, TLanes>(view, at);

    /// <summary>Writes lanes from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(ArrayView<T> view, long at, TLanes value) =>
        Lanes.Store(view, at, value);

    /// <summary>Writes a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(ArrayView<T> view, long at, long imaginary, TLanes re, TLanes im)
    {
        Store(view, at, re);
        Store(view, at + imaginary, im);
    }

    /// <summary>Writes a point times a number that all lanes share.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreTimes(
        Signs<T> signs, ArrayView<T> view, long at, long imaginary, TLanes re, TLanes im, Complex<T> w)
    {
        Store(view, at, TLanes.Subtract(Signs<T>.Times(w.Re, re), w.Im, im));
        Store(view, at + imaginary, signs.Plus(Signs<T>.Times(w.Im, re), w.Re, im));
    }
}
