using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// One butterfly of a Stockham stage: reads radix points a distance s·m apart, writes them s apart, times
/// their twiddles. Scalars only: an array would become local memory on a GPU.
/// </summary>
internal static class Butterflies<TPoints, TLanes, T>
    where TPoints : struct, IFftPoints<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Butterfly (p, q) of a stage, from one offset in <paramref name="data"/> to another.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="p">Which twiddles, below m.</param>
    /// <param name="q">Which neighbour, below s.</param>
    /// <param name="data">Both the source and the target.</param>
    /// <param name="from">Start of the source.</param>
    /// <param name="to">Start of the target.</param>
    /// <param name="table">Constants, as <see cref="FftTables"/> lays them out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run(
        Stage stage, int p, int q,
        TPoints data, int from, int to, ArrayView<Complex<T>> table)
    {
        var step = stage.Stride * stage.Groups;
        var x = from + q + (stage.Stride * p);
        var y = to + q + (stage.Stride * stage.Radix * p);
        var w = stage.Twiddles + (p * (stage.Radix - 1));
        switch (stage.Radix)
        {
            case 2:
                Radix2(data, x, step, y, stage.Stride, table, w);
                break;
            case 3:
                Radix3(data, x, step, y, stage.Stride, table, w);
                break;
            case 4:
                Radix4(data, x, step, y, stage.Stride, table, w);
                break;
            case 5:
                Radix5(data, x, step, y, stage.Stride, table, w);
                break;
            case 7:
                Radix7(data, x, step, y, stage.Stride, table, w);
                break;
            case 8:
                Radix8(data, x, step, y, stage.Stride, table, w);
                break;
            default:
                AnyRadix(stage, data, x, step, y, table, w);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Radix2(
        TPoints data, int x, int step, int y, int s,
        ArrayView<Complex<T>> table, int w)
    {
        var a = data[x];
        var b = data[x + step];
        data[y] = a + b;
        data[y + s] = (a - b) * table[w];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Radix3(
        TPoints data, int x, int step, int y, int s,
        ArrayView<Complex<T>> table, int w)
    {
        var third = table[1];
        var a = data[x];
        var b = data[x + step];
        var c = data[x + (2 * step)];
        var sum = b + c;
        var even = a + (sum * third.Re);
        var odd = (b - c) * third.Im;
        data[y] = a + sum;
        data[y + s] = ComplexLanes<TLanes, T>.MinusI(even, odd) * table[w];
        data[y + (2 * s)] = ComplexLanes<TLanes, T>.PlusI(even, odd) * table[w + 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Radix4(
        TPoints data, int x, int step, int y, int s,
        ArrayView<Complex<T>> table, int w)
    {
        var a = data[x];
        var b = data[x + step];
        var c = data[x + (2 * step)];
        var d = data[x + (3 * step)];
        var ac = a + c;
        var bd = b + d;
        data[y] = ac + bd;
        data[y + (2 * s)] = (ac - bd) * table[w + 1];
        ac = a - c;
        bd = b - d;
        data[y + s] = ComplexLanes<TLanes, T>.MinusI(ac, bd) * table[w];
        data[y + (3 * s)] = ComplexLanes<TLanes, T>.PlusI(ac, bd) * table[w + 2];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Radix5(
        TPoints data, int x, int step, int y, int s,
        ArrayView<Complex<T>> table, int w)
    {
        var w1 = table[2];
        var w2 = table[3];
        var a = data[x];
        var b = data[x + step];
        var e = data[x + (4 * step)];
        var be = b + e;
        var bMinusE = b - e;
        b = data[x + (2 * step)];
        e = data[x + (3 * step)];
        var cd = b + e;
        var cMinusD = b - e;
        data[y] = a + be + cd;
        var even = a + (be * w1.Re) + (cd * w2.Re);
        var odd = (bMinusE * w1.Im) + (cMinusD * w2.Im);
        data[y + s] = ComplexLanes<TLanes, T>.MinusI(even, odd) * table[w];
        data[y + (4 * s)] = ComplexLanes<TLanes, T>.PlusI(even, odd) * table[w + 3];
        even = a + (be * w2.Re) + (cd * w1.Re);
        odd = (bMinusE * w2.Im) - (cMinusD * w1.Im);
        data[y + (2 * s)] = ComplexLanes<TLanes, T>.MinusI(even, odd) * table[w + 1];
        data[y + (3 * s)] = ComplexLanes<TLanes, T>.PlusI(even, odd) * table[w + 2];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Radix7(
        TPoints data, int x, int step, int y, int s,
        ArrayView<Complex<T>> table, int w)
    {
        var w1 = table[4];
        var w2 = table[5];
        var w3 = table[6];
        var a = data[x];
        var u = data[x + step];
        var v = data[x + (6 * step)];
        var s1 = u + v;
        var d1 = u - v;
        u = data[x + (2 * step)];
        v = data[x + (5 * step)];
        var s2 = u + v;
        var d2 = u - v;
        u = data[x + (3 * step)];
        v = data[x + (4 * step)];
        var s3 = u + v;
        var d3 = u - v;
        data[y] = a + s1 + s2 + s3;
        u = a + (s1 * w1.Re) + (s2 * w2.Re) + (s3 * w3.Re);
        v = (d1 * w1.Im) + (d2 * w2.Im) + (d3 * w3.Im);
        data[y + s] = ComplexLanes<TLanes, T>.MinusI(u, v) * table[w];
        data[y + (6 * s)] = ComplexLanes<TLanes, T>.PlusI(u, v) * table[w + 5];
        u = a + (s1 * w2.Re) + (s2 * w3.Re) + (s3 * w1.Re);
        v = (d1 * w2.Im) - (d2 * w3.Im) - (d3 * w1.Im);
        data[y + (2 * s)] = ComplexLanes<TLanes, T>.MinusI(u, v) * table[w + 1];
        data[y + (5 * s)] = ComplexLanes<TLanes, T>.PlusI(u, v) * table[w + 4];
        u = a + (s1 * w3.Re) + (s2 * w1.Re) + (s3 * w2.Re);
        v = (d1 * w3.Im) - (d2 * w1.Im) + (d3 * w2.Im);
        data[y + (3 * s)] = ComplexLanes<TLanes, T>.MinusI(u, v) * table[w + 2];
        data[y + (4 * s)] = ComplexLanes<TLanes, T>.PlusI(u, v) * table[w + 3];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Radix8(
        TPoints data, int x, int step, int y, int s,
        ArrayView<Complex<T>> table, int w)
    {
        var half = table[0].Re;

        // Even points: a butterfly of radix 4, kept as e0 … e3.
        var u = data[x];
        var v = data[x + (4 * step)];
        var e0 = u + v;
        var e1 = u - v;
        u = data[x + (2 * step)];
        v = data[x + (6 * step)];
        var t = u + v;
        var e2 = e0 - t;
        e0 += t;
        t = (u - v).TimesMinusI;
        var e3 = e1 - t;
        e1 += t;

        // Odd points: the same, then turned by eighths.
        u = data[x + step];
        v = data[x + (5 * step)];
        var o0 = u + v;
        var o1 = u - v;
        u = data[x + (3 * step)];
        v = data[x + (7 * step)];
        t = u + v;
        var o2 = (o0 - t).TimesMinusI;
        o0 += t;
        t = (u - v).TimesMinusI;
        var o3 = o1 - t;
        o1 += t;
        o1 = (o1 + o1.TimesMinusI) * half;
        o3 = (o3.TimesMinusI - o3) * half;

        data[y] = e0 + o0;
        data[y + (4 * s)] = (e0 - o0) * table[w + 3];
        data[y + s] = (e1 + o1) * table[w];
        data[y + (5 * s)] = (e1 - o1) * table[w + 4];
        data[y + (2 * s)] = (e2 + o2) * table[w + 1];
        data[y + (6 * s)] = (e2 - o2) * table[w + 5];
        data[y + (3 * s)] = (e3 + o3) * table[w + 2];
        data[y + (7 * s)] = (e3 - o3) * table[w + 6];
    }

    /// <summary>Any odd radix by definition; points are read again for each result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AnyRadix(
        Stage stage, TPoints data, int x, int step, int y,
        ArrayView<Complex<T>> table, int w)
    {
        for (var k = 0; k < stage.Radix; k++)
        {
            var sum = data[x];
            var turn = 0;
            for (var j = 1; j < stage.Radix; j++)
            {
                turn += k;
                turn = turn >= stage.Radix ? turn - stage.Radix : turn;
                sum += data[x + (j * step)] * table[stage.Roots + turn];
            }

            data[y + (k * stage.Stride)] = k == 0 ? sum : sum * table[w + k - 1];
        }
    }
}
