using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The radices of a transform as a type, so that the compiler of a kernel knows every stride, distance and offset:
/// <c>Then&lt;Radix8, Then&lt;Radix4, Ended&gt;&gt;</c> is a transform of 32 points. Twiddles lie across, see
/// <see cref="Stage"/>. Rows go from one half of shared memory to the other and back.
/// </summary>
internal interface IStageChain<T> where T : unmanaged, INumber<T>
{
    /// <summary>Product of the radices.</summary>
    static abstract int Length { get; }

    /// <summary>The largest of them.</summary>
    static abstract int LargestRadix { get; }

    /// <summary>The first of them.</summary>
    static abstract int FirstRadix { get; }

    /// <summary>The stages after the first, with a barrier behind each; returns where the results are then.</summary>
    static abstract int Rest(BlockRows<T> rows, int from, int to, BlockPlace worker, ArrayView<Complex<T>> table);

    /// <summary>
    /// All stages after others, whose radices make up the stride and whose twiddles end where those of these start.
    /// </summary>
    static abstract int After(
        BlockRows<T> rows, int from, int to, BlockPlace worker, ArrayView<Complex<T>> table, int stride, int twiddles);
}

/// <summary>A radix as a type.</summary>
internal interface IRadix
{
    static abstract int Points { get; }
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix2 : IRadix
{
    public static int Points => 2;
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix3 : IRadix
{
    public static int Points => 3;
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix4 : IRadix
{
    public static int Points => 4;
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix5 : IRadix
{
    public static int Points => 5;
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix7 : IRadix
{
    public static int Points => 7;
}

/// <inheritdoc cref="IRadix"/>
internal readonly struct Radix8 : IRadix
{
    public static int Points => 8;
}

/// <summary>The end of a chain, never a chain of its own.</summary>
internal readonly struct Ended<T> : IStageChain<T> where T : unmanaged, INumber<T>
{
    public static int Length => 1;

    public static int LargestRadix => 1;

    public static int FirstRadix => 1;

    public static int Rest(BlockRows<T> rows, int from, int to, BlockPlace worker, ArrayView<Complex<T>> table) => from;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int After(
        BlockRows<T> rows, int from, int to, BlockPlace worker, ArrayView<Complex<T>> table, int stride,
        int twiddles) => from;
}

/// <summary>A stage and those after it.</summary>
internal readonly struct Then<T, TRadix, TRest> : IStageChain<T>
    where T : unmanaged, INumber<T>
    where TRadix : struct, IRadix
    where TRest : struct, IStageChain<T>
{
    public static int Length => TRadix.Points * TRest.Length;

    public static int LargestRadix => TRadix.Points > TRest.LargestRadix ? TRadix.Points : TRest.LargestRadix;

    public static int FirstRadix => TRadix.Points;

    // Of radix 7 its roots follow.
    private static int Twiddles => (TRest.Length * (TRadix.Points - 1)) + (TRadix.Points == 7 ? 7 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rest(BlockRows<T> rows, int from, int to, BlockPlace worker, ArrayView<Complex<T>> table) =>
        TRest.After(rows, from, to, worker, table, TRadix.Points, FftTables.FirstTwiddle + Twiddles);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int After(
        BlockRows<T> rows, int from, int to, BlockPlace worker, ArrayView<Complex<T>> table, int stride, int twiddles)
    {
        KnownStage<T>.Run(
            new Stage(TRadix.Points, TRest.Length, stride, twiddles, 1), rows.Points, from + (worker.Row * rows.Pitch),
            rows, to, worker, table);
        Group.Barrier();
        return TRest.After(rows, to, from, worker, table, stride * TRadix.Points, twiddles + Twiddles);
    }
}

/// <summary>Chains for the radices of a recipe.</summary>
internal static class StageChain
{
    /// <summary>Whether a chain can hold them.</summary>
    internal static bool Has(IReadOnlyList<int> radices) =>
        radices.Count > 0 && radices.All(radix => radix is 2 or 3 or 4 or 5 or 7 or 8);

    /// <summary>The type of a chain.</summary>
    internal static Type Of<T>(IEnumerable<int> radices) where T : unmanaged, INumber<T> => radices.Reverse().Aggregate(
        typeof(Ended<T>), (rest, radix) => typeof(Then<,,>).MakeGenericType(typeof(T), RadixOf(radix), rest));

    private static Type RadixOf(int radix) => radix switch
    {
        2 => typeof(Radix2),
        3 => typeof(Radix3),
        4 => typeof(Radix4),
        5 => typeof(Radix5),
        7 => typeof(Radix7),
        _ => typeof(Radix8),
    };
}
