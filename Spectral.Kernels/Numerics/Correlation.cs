using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Correlations of rows that lie in fours, four results and four taps at a time, in registers.</summary>
internal static class Correlation
{
    /// <summary>
    /// sum[i] + Σ_j taps[j]·row[i + j] with i and j from 0 to 3: sixteen products of eight elements of the row, of which
    /// the last is not needed.
    /// </summary>
    /// <param name="sum">Four results.</param>
    /// <param name="taps">Four taps.</param>
    /// <param name="low">Elements of the row from the first result's on.</param>
    /// <param name="high">The next four.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes4<T> Add<T>(Lanes4<T> sum, Lanes4<T> taps, Lanes4<T> low, Lanes4<T> high)
        where T : unmanaged, INumber<T>
    {
        sum = Lanes4<T>.Add(sum, taps.V0, low);
        sum = Lanes4<T>.Add(sum, taps.V1, Of(low.V1, low.V2, low.V3, high.V0));
        sum = Lanes4<T>.Add(sum, taps.V2, Of(low.V2, low.V3, high.V0, high.V1));
        return Lanes4<T>.Add(sum, taps.V3, Of(low.V3, high.V0, high.V1, high.V2));
    }

    /// <summary>Adds to four results what some fours of taps give.</summary>
    /// <param name="sum">The results.</param>
    /// <param name="row">Holds the row.</param>
    /// <param name="at">Where the first result's element lies, in fours.</param>
    /// <param name="taps">Holds the taps.</param>
    /// <param name="tap">Where the first of them lies, in fours.</param>
    /// <param name="count">How many fours.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes4<T> Four<T>(
        Lanes4<T> sum, ArrayView<Lanes4<T>> row, int at, ArrayView<Lanes4<T>> taps, int tap, int count)
        where T : unmanaged, INumber<T>
    {
        var low = row[at];
        var end = tap + count;

        // Two at a time, so that less is moved from register to register.
        for (; tap + 1 < end; tap += 2)
        {
            var (one, other, high, next) = (taps[tap], taps[tap + 1], row[at + 1], row[at + 2]);
            sum = Add(sum, one, low, high);
            sum = Add(sum, other, high, next);
            low = next;
            at += 2;
        }

        return tap < end ? Add(sum, taps[tap], low, row[at + 1]) : sum;
    }

    /// <summary>The same to eight results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Lanes4<T> Low, Lanes4<T> High) Eight<T>(
        Lanes4<T> a, Lanes4<T> b, ArrayView<Lanes4<T>> row, int at, ArrayView<Lanes4<T>> taps, int tap, int count)
        where T : unmanaged, INumber<T>
    {
        var (low, middle) = (row[at], row[at + 1]);
        var end = tap + count;
        for (; tap + 1 < end; tap += 2)
        {
            var (one, other, high, next) = (taps[tap], taps[tap + 1], row[at + 2], row[at + 3]);
            a = Add(a, one, low, middle);
            b = Add(b, one, middle, high);
            a = Add(a, other, middle, high);
            b = Add(b, other, high, next);
            (low, middle) = (high, next);
            at += 2;
        }

        if (tap < end)
        {
            var (one, high) = (taps[tap], row[at + 2]);
            a = Add(a, one, low, middle);
            b = Add(b, one, middle, high);
        }

        return (a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4<T> Of<T>(T v0, T v1, T v2, T v3) where T : unmanaged, INumber<T>
    {
        Lanes4<T> four;
        (four.V0, four.V1, four.V2, four.V3) = (v0, v1, v2, v3);
        return four;
    }
}
