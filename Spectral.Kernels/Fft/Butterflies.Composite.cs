using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <content>
/// Butterflies of composite radices, as two stages of smaller ones in registers: with Good's mapping where these have no
/// common factor, which needs no twiddles in between, else with a few that are constants.
/// </content>
internal static partial class Butterflies<TSource, TPoints, TLanes, T>
{
    /// <summary>2·3: point 3a + 2c, result k with the remainders of k by 2 and 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix6<TTurns>(
        TSource source, int step, TPoints data, int s, ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var t2 = turns.Of(table, 2);
        var t3 = turns.Of(table, 3);
        var t4 = turns.Of(table, 4);
        var t5 = turns.Of(table, 5);
        var third = table[1];
        var a = new Dft3<TLanes, T>(source[0], source[2 * step], source[4 * step], third);
        var b = new Dft3<TLanes, T>(source[3 * step], source[5 * step], source[step], third);
        data[0] = a.R0 + b.R0;
        data[3 * s] = Times(turns, a.R0 - b.R0, t3);
        data[4 * s] = Times(turns, a.R1 + b.R1, t4);
        data[s] = Times(turns, a.R1 - b.R1, t1);
        data[2 * s] = Times(turns, a.R2 + b.R2, t2);
        data[5 * s] = Times(turns, a.R2 - b.R2, t5);
    }

    /// <summary>3·3: points 3a + b, results c + 3d, the roots of 9 between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix9<TTurns>(
        TSource source, int step, TPoints data, int s, ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var t2 = turns.Of(table, 2);
        var t3 = turns.Of(table, 3);
        var t4 = turns.Of(table, 4);
        var t5 = turns.Of(table, 5);
        var t6 = turns.Of(table, 6);
        var t7 = turns.Of(table, 7);
        var t8 = turns.Of(table, 8);
        var third = table[1];
        var w1 = table[7];
        var w2 = table[8];
        var w4 = table[9];
        var a = new Dft3<TLanes, T>(source[0], source[3 * step], source[6 * step], third);
        var b = new Dft3<TLanes, T>(source[step], source[4 * step], source[7 * step], third);
        var c = new Dft3<TLanes, T>(source[2 * step], source[5 * step], source[8 * step], third);
        var r = new Dft3<TLanes, T>(a.R0, b.R0, c.R0, third);
        data[0] = r.R0;
        data[3 * s] = Times(turns, r.R1, t3);
        data[6 * s] = Times(turns, r.R2, t6);
        r = new Dft3<TLanes, T>(a.R1, b.R1 * w1, c.R1 * w2, third);
        data[s] = Times(turns, r.R0, t1);
        data[4 * s] = Times(turns, r.R1, t4);
        data[7 * s] = Times(turns, r.R2, t7);
        r = new Dft3<TLanes, T>(a.R2, b.R2 * w2, c.R2 * w4, third);
        data[2 * s] = Times(turns, r.R0, t2);
        data[5 * s] = Times(turns, r.R1, t5);
        data[8 * s] = Times(turns, r.R2, t8);
    }

    /// <summary>2·5: point 5a + 2c, result k with the remainders of k by 2 and 5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix10<TTurns>(
        TSource source, int step, TPoints data, int s, ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var t2 = turns.Of(table, 2);
        var t3 = turns.Of(table, 3);
        var t4 = turns.Of(table, 4);
        var t5 = turns.Of(table, 5);
        var t6 = turns.Of(table, 6);
        var t7 = turns.Of(table, 7);
        var t8 = turns.Of(table, 8);
        var t9 = turns.Of(table, 9);
        var w1 = table[2];
        var w2 = table[3];
        var a = new Dft5<TLanes, T>(
            source[0], source[2 * step], source[4 * step], source[6 * step], source[8 * step], w1, w2);
        var b = new Dft5<TLanes, T>(
            source[5 * step], source[7 * step], source[9 * step], source[step], source[3 * step], w1, w2);
        data[0] = a.R0 + b.R0;
        data[5 * s] = Times(turns, a.R0 - b.R0, t5);
        data[6 * s] = Times(turns, a.R1 + b.R1, t6);
        data[s] = Times(turns, a.R1 - b.R1, t1);
        data[2 * s] = Times(turns, a.R2 + b.R2, t2);
        data[7 * s] = Times(turns, a.R2 - b.R2, t7);
        data[8 * s] = Times(turns, a.R3 + b.R3, t8);
        data[3 * s] = Times(turns, a.R3 - b.R3, t3);
        data[4 * s] = Times(turns, a.R4 + b.R4, t4);
        data[9 * s] = Times(turns, a.R4 - b.R4, t9);
    }
}
