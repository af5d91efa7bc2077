using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// One butterfly of a Stockham stage: reads radix points a distance s·m apart, writes them s apart, times
/// their twiddles. Scalars only: an array would become local memory on a GPU.
/// </summary>
internal static partial class Butterflies<TSource, TPoints, TLanes, T>
    where TSource : struct, IFftSource<TLanes, T>
    where TPoints : struct, IFftTarget<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Butterfly (p, q) of a stage of any radix, from one offset to another.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="p">Which twiddles, below m.</param>
    /// <param name="q">Which neighbour, below s.</param>
    /// <param name="source">The source.</param>
    /// <param name="from">Its start.</param>
    /// <param name="data">The target, which may be the source.</param>
    /// <param name="to">Its start, elsewhere in that case.</param>
    /// <param name="table">Constants, as <see cref="FftTables"/> lays them out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run(
        Stage stage, int p, int q, TSource source, int from, TPoints data, int to, ArrayView<Complex<T>> table)
    {
        if (stage.Radix <= 8)
            Small(stage, p, q, source, from, data, to, table);
        for (var h = 1; stage.Radix > 8 && h <= stage.Radix / 2; h++)
            OddPair(stage, p, q, h, source, from, data, to, table);
    }

    /// <summary>The same of a radix up to 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Small(
        Stage stage, int p, int q, TSource source, int from, TPoints data, int to, ArrayView<Complex<T>> table)
    {
        var step = stage.Stride * stage.Groups;
        var x = from + q + (stage.Stride * p);
        var y = to + q + (stage.Stride * stage.Radix * p);
        var turns = new ListedTurns<T>(stage, p);
        switch (stage.Radix)
        {
            case 2:
                Radix2(source, x, step, data, y, stage.Stride, table, turns);
                break;
            case 3:
                Radix3(source, x, step, data, y, stage.Stride, table, turns);
                break;
            case 4:
                Radix4(source, x, step, data, y, stage.Stride, table, turns);
                break;
            case 5:
                Radix5(source, x, step, data, y, stage.Stride, table, turns);
                break;
            case 7:
                Radix7(source, x, step, data, y, stage.Stride, table, turns);
                break;
            default:
                Radix8(source, x, step, data, y, stage.Stride, table, turns);
                break;
        }
    }

    /// <summary>
    /// Points h and radix − h of butterfly (p, q) of any odd radix, by definition: sums of pairs of points times cosines,
    /// differences times sines. Which pair, h, goes from 1 to half of the radix; the first brings point 0 as well. The rest
    /// as <see cref="Run"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void OddPair(
        Stage stage, int p, int q, int h, TSource source, int from, TPoints data, int to,
        ArrayView<Complex<T>> table)
    {
        var step = stage.Stride * stage.Groups;
        var x = from + q + (stage.Stride * p);
        var y = to + q + (stage.Stride * stage.Radix * p);
        var turns = new ListedTurns<T>(stage, p);
        var sum = source[x];
        var even = sum;
        var odd = ComplexLanes<TLanes, T>.Zero;
        var turn = 0;
        for (var j = 1; j <= stage.Radix / 2; j++)
        {
            turn += h;
            turn = turn >= stage.Radix ? turn - stage.Radix : turn;
            var root = table[stage.Roots + turn];
            var a = source[x + (j * step)];
            var b = source[x + ((stage.Radix - j) * step)];
            sum += a + b;
            even += (a + b) * root.Re;
            odd += (a - b) * root.Im;
        }

        if (h == 1)
            data[y] = sum;
        data[y + (h * stage.Stride)] = Times(turns, ComplexLanes<TLanes, T>.PlusI(even, odd), turns.Of(table, h));
        data[y + ((stage.Radix - h) * stage.Stride)] =
            Times(turns, ComplexLanes<TLanes, T>.MinusI(even, odd), turns.Of(table, stage.Radix - h));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<TLanes, T> Times<TTurns>(TTurns turns, ComplexLanes<TLanes, T> value, Complex<T> w)
        where TTurns : struct, ITurns<T> => turns.AreOne ? value : value * w;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix2<TTurns>(
        TSource source, int x, int step, TPoints data, int y, int s,
        ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var a = source[x];
        var b = source[x + step];
        data[y] = a + b;
        data[y + s] = Times(turns, a - b, t1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix3<TTurns>(
        TSource source, int x, int step, TPoints data, int y, int s,
        ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var t2 = turns.Of(table, 2);
        var third = table[1];
        var a = source[x];
        var b = source[x + step];
        var c = source[x + (2 * step)];
        var sum = b + c;
        var even = a + (sum * third.Re);
        var odd = (b - c) * third.Im;
        data[y] = a + sum;
        data[y + s] = Times(turns, ComplexLanes<TLanes, T>.MinusI(even, odd), t1);
        data[y + (2 * s)] = Times(turns, ComplexLanes<TLanes, T>.PlusI(even, odd), t2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix4<TTurns>(
        TSource source, int x, int step, TPoints data, int y, int s,
        ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var t2 = turns.Of(table, 2);
        var t3 = turns.Of(table, 3);
        var a = source[x];
        var b = source[x + step];
        var c = source[x + (2 * step)];
        var d = source[x + (3 * step)];
        var ac = a + c;
        var bd = b + d;
        data[y] = ac + bd;
        data[y + (2 * s)] = Times(turns, ac - bd, t2);
        ac = a - c;
        bd = b - d;
        data[y + s] = Times(turns, ComplexLanes<TLanes, T>.MinusI(ac, bd), t1);
        data[y + (3 * s)] = Times(turns, ComplexLanes<TLanes, T>.PlusI(ac, bd), t3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix5<TTurns>(
        TSource source, int x, int step, TPoints data, int y, int s,
        ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var t2 = turns.Of(table, 2);
        var t3 = turns.Of(table, 3);
        var t4 = turns.Of(table, 4);
        var w1 = table[2];
        var w2 = table[3];
        var a = source[x];
        var b = source[x + step];
        var e = source[x + (4 * step)];
        var be = b + e;
        var bMinusE = b - e;
        b = source[x + (2 * step)];
        e = source[x + (3 * step)];
        var cd = b + e;
        var cMinusD = b - e;
        data[y] = a + be + cd;
        var even = a + (be * w1.Re) + (cd * w2.Re);
        var odd = (bMinusE * w1.Im) + (cMinusD * w2.Im);
        data[y + s] = Times(turns, ComplexLanes<TLanes, T>.MinusI(even, odd), t1);
        data[y + (4 * s)] = Times(turns, ComplexLanes<TLanes, T>.PlusI(even, odd), t4);
        even = a + (be * w2.Re) + (cd * w1.Re);
        odd = (bMinusE * w2.Im) - (cMinusD * w1.Im);
        data[y + (2 * s)] = Times(turns, ComplexLanes<TLanes, T>.MinusI(even, odd), t2);
        data[y + (3 * s)] = Times(turns, ComplexLanes<TLanes, T>.PlusI(even, odd), t3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix7<TTurns>(
        TSource source, int x, int step, TPoints data, int y, int s,
        ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var t2 = turns.Of(table, 2);
        var t3 = turns.Of(table, 3);
        var t4 = turns.Of(table, 4);
        var t5 = turns.Of(table, 5);
        var t6 = turns.Of(table, 6);
        var w1 = table[4];
        var w2 = table[5];
        var w3 = table[6];
        var a = source[x];
        var u = source[x + step];
        var v = source[x + (6 * step)];
        var s1 = u + v;
        var d1 = u - v;
        u = source[x + (2 * step)];
        v = source[x + (5 * step)];
        var s2 = u + v;
        var d2 = u - v;
        u = source[x + (3 * step)];
        v = source[x + (4 * step)];
        var s3 = u + v;
        var d3 = u - v;
        data[y] = a + s1 + s2 + s3;
        u = a + (s1 * w1.Re) + (s2 * w2.Re) + (s3 * w3.Re);
        v = (d1 * w1.Im) + (d2 * w2.Im) + (d3 * w3.Im);
        data[y + s] = Times(turns, ComplexLanes<TLanes, T>.MinusI(u, v), t1);
        data[y + (6 * s)] = Times(turns, ComplexLanes<TLanes, T>.PlusI(u, v), t6);
        u = a + (s1 * w2.Re) + (s2 * w3.Re) + (s3 * w1.Re);
        v = (d1 * w2.Im) - (d2 * w3.Im) - (d3 * w1.Im);
        data[y + (2 * s)] = Times(turns, ComplexLanes<TLanes, T>.MinusI(u, v), t2);
        data[y + (5 * s)] = Times(turns, ComplexLanes<TLanes, T>.PlusI(u, v), t5);
        u = a + (s1 * w3.Re) + (s2 * w1.Re) + (s3 * w2.Re);
        v = (d1 * w3.Im) - (d2 * w1.Im) + (d3 * w2.Im);
        data[y + (3 * s)] = Times(turns, ComplexLanes<TLanes, T>.MinusI(u, v), t3);
        data[y + (4 * s)] = Times(turns, ComplexLanes<TLanes, T>.PlusI(u, v), t4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Radix8<TTurns>(
        TSource source, int x, int step, TPoints data, int y, int s,
        ArrayView<Complex<T>> table, TTurns turns)
        where TTurns : struct, ITurns<T>
    {
        var t1 = turns.Of(table, 1);
        var t2 = turns.Of(table, 2);
        var t3 = turns.Of(table, 3);
        var t4 = turns.Of(table, 4);
        var t5 = turns.Of(table, 5);
        var t6 = turns.Of(table, 6);
        var t7 = turns.Of(table, 7);
        var half = table[0].Re;

        // Even points: a butterfly of radix 4, kept as e0 … e3.
        var u = source[x];
        var v = source[x + (4 * step)];
        var e0 = u + v;
        var e1 = u - v;
        u = source[x + (2 * step)];
        v = source[x + (6 * step)];
        var t = u + v;
        var e2 = e0 - t;
        e0 += t;
        t = (u - v).TimesMinusI;
        var e3 = e1 - t;
        e1 += t;

        // Odd points: the same, then turned by eighths.
        u = source[x + step];
        v = source[x + (5 * step)];
        var o0 = u + v;
        var o1 = u - v;
        u = source[x + (3 * step)];
        v = source[x + (7 * step)];
        t = u + v;
        var o2 = (o0 - t).TimesMinusI;
        o0 += t;
        t = (u - v).TimesMinusI;
        var o3 = o1 - t;
        o1 += t;
        o1 = (o1 + o1.TimesMinusI) * half;
        o3 = (o3.TimesMinusI - o3) * half;

        data[y] = e0 + o0;
        data[y + (4 * s)] = Times(turns, e0 - o0, t4);
        data[y + s] = Times(turns, e1 + o1, t1);
        data[y + (5 * s)] = Times(turns, e1 - o1, t5);
        data[y + (2 * s)] = Times(turns, e2 + o2, t2);
        data[y + (6 * s)] = Times(turns, e2 - o2, t6);
        data[y + (3 * s)] = Times(turns, e3 + o3, t3);
        data[y + (7 * s)] = Times(turns, e3 - o3, t7);
    }
}
