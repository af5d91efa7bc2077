using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>A radix as a type.</summary>
internal interface IRadix
{
    static abstract int Points { get; }

    /// <summary>Roots of unity of the radix that stand behind the twiddles of a stage.</summary>
    static abstract int Roots { get; }

    /// <summary>
    /// n over the points, for n from 0 to 2¹³: as a shift or a product and a shift, since compilers of kernels see too late
    /// that the divisor is a constant.
    /// </summary>
    static abstract int Over(int n);

    /// <summary>One butterfly.</summary>
    /// <param name="source">The points, <paramref name="step"/> apart.</param>
    /// <param name="step">Their distance.</param>
    /// <param name="target">Where results go, <paramref name="spacing"/> apart.</param>
    /// <param name="spacing">Their distance.</param>
    /// <param name="table">Constants, as <see cref="FftTables"/> lays them out.</param>
    /// <param name="roots">The radix's own roots.</param>
    /// <param name="turns">Twiddles.</param>
    static abstract void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T>;
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix2 : IRadix
{
    public static int Points => 2;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => n >> 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix2(source, 0, step, target, 0, spacing, table, turns);
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix3 : IRadix
{
    public static int Points => 3;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => (n * 87382) >> 18;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix3(source, 0, step, target, 0, spacing, table, turns);
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix4 : IRadix
{
    public static int Points => 4;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => n >> 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix4(source, 0, step, target, 0, spacing, table, turns);
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix5 : IRadix
{
    public static int Points => 5;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => (n * 52429) >> 18;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix5(source, 0, step, target, 0, spacing, table, turns);
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix6 : IRadix
{
    public static int Points => 6;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => (n * 43691) >> 18;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix6(source, step, target, spacing, table, turns);
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix7 : IRadix
{
    public static int Points => 7;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => (n * 37450) >> 18;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix7(source, 0, step, target, 0, spacing, table, turns);
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix8 : IRadix
{
    public static int Points => 8;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => n >> 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix8(source, 0, step, target, 0, spacing, table, turns);
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix9 : IRadix
{
    public static int Points => 9;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => (n * 29128) >> 18;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix9(source, step, target, spacing, table, turns);
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix10 : IRadix
{
    public static int Points => 10;

    public static int Roots => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Over(int n) => (n * 26215) >> 18;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TSource, TTarget, TTurns, T>(
        TSource source, int step, TTarget target, int spacing, ArrayView<Complex<T>> table, ArrayView<Complex<T>> roots,
        TTurns turns)
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        Butterflies<TSource, TTarget, PointLane<T>, T>.Radix10(source, step, target, spacing, table, turns);
}
