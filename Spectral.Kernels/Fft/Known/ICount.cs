using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>A number as a type: the pairs of an odd butterfly that are left, counted down by recursion.</summary>
internal interface ICount
{
    static abstract int Value { get; }

    /// <summary>Reads as many pairs before <paramref name="pairs"/>, then computes all results.</summary>
    static abstract void Read<TAll, TPairs, TSource, TTarget, TTurns, T>(
        OddTask<TSource, TTarget, TTurns, T> task, TPairs pairs)
        where TAll : struct, ICount
        where TPairs : struct, IPointPairs<T>
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T>;

    /// <summary>Computes as many pairs of results.</summary>
    static abstract void Write<TPairs, TSource, TTarget, TTurns, T>(
        OddTask<TSource, TTarget, TTurns, T> task, TPairs pairs)
        where TPairs : struct, IPointPairs<T>
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T>;
}

/// <inheritdoc cref="ICount"/>
internal readonly struct Zero : ICount
{
    public static int Value => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read<TAll, TPairs, TSource, TTarget, TTurns, T>(
        OddTask<TSource, TTarget, TTurns, T> task, TPairs pairs)
        where TAll : struct, ICount
        where TPairs : struct, IPointPairs<T>
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T>
    {
        task.Write(pairs.Total);
        TAll.Write(task, pairs);
    }

    public static void Write<TPairs, TSource, TTarget, TTurns, T>(
        OddTask<TSource, TTarget, TTurns, T> task, TPairs pairs)
        where TPairs : struct, IPointPairs<T>
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T>
    {
    }
}

/// <summary>One more.</summary>
internal readonly struct Next<TCount> : ICount where TCount : struct, ICount
{
    public static int Value => TCount.Value + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read<TAll, TPairs, TSource, TTarget, TTurns, T>(
        OddTask<TSource, TTarget, TTurns, T> task, TPairs pairs)
        where TAll : struct, ICount
        where TPairs : struct, IPointPairs<T>
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T> =>
        TCount.Read<TAll, PointPairs<TPairs, T>, TSource, TTarget, TTurns, T>(task, task.Read(Value, pairs));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<TPairs, TSource, TTarget, TTurns, T>(
        OddTask<TSource, TTarget, TTurns, T> task, TPairs pairs)
        where TPairs : struct, IPointPairs<T>
        where TSource : struct, IFftSource<PointLane<T>, T>
        where TTarget : struct, IFftTarget<PointLane<T>, T>
        where TTurns : struct, ITurns<T>
        where T : unmanaged, INumber<T>
    {
        task.Write(Value, pairs.Parts(task.Roots, Value, task.Points));
        TCount.Write(task, pairs);
    }
}
