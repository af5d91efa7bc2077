using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Butterflies of odd radices in lanes, see <see cref="LaneStages{TLanes, T}"/>.</summary>
internal static class LaneOddStages<TLanes, T>
    where TLanes : unmanaged, ILanes<T, TLanes>
    where T : unmanaged, INumber<T>
{
    internal static void Radix3(
        Stage stage, ArrayView<T> data, long from, long to, long im, ArrayView<Complex<T>> table, Signs<T> signs)
    {
        var s = 2L * TLanes.Width * stage.Stride;
        var step = s * stage.Groups;
        var third = table[1];
        for (var p = 0; p < stage.Groups; p++)
        {
            var x = from + (s * p);
            var y = to + (s * 3 * p);
            var w = stage.Twiddles + (p * 2);
            var w1 = table[w];
            var w2 = table[w + 1];
            for (var q = 0L; q < s; q += 2 * TLanes.Width)
            {
                var i = x + q;
                var o = y + q;
                var ar = LanePoint<TLanes, T>.Load(data, i);
                var ai = LanePoint<TLanes, T>.Load(data, i + im);
                var br = LanePoint<TLanes, T>.Load(data, i + step);
                var bi = LanePoint<TLanes, T>.Load(data, i + step + im);
                var cr = LanePoint<TLanes, T>.Load(data, i + (2 * step));
                var ci = LanePoint<TLanes, T>.Load(data, i + (2 * step) + im);
                var sr = signs.Plus(br, cr);
                var si = signs.Plus(bi, ci);
                var dr = signs.Minus(br, cr);
                var di = signs.Minus(bi, ci);
                var er = signs.Plus(ar, third.Re, sr);
                var ei = signs.Plus(ai, third.Re, si);
                LanePoint<TLanes, T>.Store(data, o, im, signs.Plus(ar, sr), signs.Plus(ai, si));
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + s, im, signs.Plus(er, third.Im, di),
                    TLanes.Subtract(ei, third.Im, dr), w1);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (2 * s), im, TLanes.Subtract(er, third.Im, di),
                    signs.Plus(ei, third.Im, dr), w2);
            }
        }
    }

    internal static void Radix5(
        Stage stage, ArrayView<T> data, long from, long to, long im, ArrayView<Complex<T>> table, Signs<T> signs)
    {
        var s = 2L * TLanes.Width * stage.Stride;
        var step = s * stage.Groups;
        var c1 = table[2];
        var c2 = table[3];
        for (var p = 0; p < stage.Groups; p++)
        {
            var x = from + (s * p);
            var y = to + (s * 5 * p);
            var w = stage.Twiddles + (p * 4);
            var w1 = table[w];
            var w2 = table[w + 1];
            var w3 = table[w + 2];
            var w4 = table[w + 3];
            for (var q = 0L; q < s; q += 2 * TLanes.Width)
            {
                var i = x + q;
                var o = y + q;
                var ar = LanePoint<TLanes, T>.Load(data, i);
                var ai = LanePoint<TLanes, T>.Load(data, i + im);
                var br = LanePoint<TLanes, T>.Load(data, i + step);
                var bi = LanePoint<TLanes, T>.Load(data, i + step + im);
                var cr = LanePoint<TLanes, T>.Load(data, i + (4 * step));
                var ci = LanePoint<TLanes, T>.Load(data, i + (4 * step) + im);
                var s1r = signs.Plus(br, cr);
                var s1i = signs.Plus(bi, ci);
                var d1r = signs.Minus(br, cr);
                var d1i = signs.Minus(bi, ci);
                br = LanePoint<TLanes, T>.Load(data, i + (2 * step));
                bi = LanePoint<TLanes, T>.Load(data, i + (2 * step) + im);
                cr = LanePoint<TLanes, T>.Load(data, i + (3 * step));
                ci = LanePoint<TLanes, T>.Load(data, i + (3 * step) + im);
                var s2r = signs.Plus(br, cr);
                var s2i = signs.Plus(bi, ci);
                var d2r = signs.Minus(br, cr);
                var d2i = signs.Minus(bi, ci);
                LanePoint<TLanes, T>.Store(
                    data, o, im, signs.Plus(signs.Plus(ar, s1r), s2r),
                    signs.Plus(signs.Plus(ai, s1i), s2i));
                var er = signs.Plus(signs.Plus(ar, c1.Re, s1r), c2.Re, s2r);
                var ei = signs.Plus(signs.Plus(ai, c1.Re, s1i), c2.Re, s2i);
                var or = signs.Plus(Signs<T>.Times(c1.Im, d1r), c2.Im, d2r);
                var oi = signs.Plus(Signs<T>.Times(c1.Im, d1i), c2.Im, d2i);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + s, im, signs.Plus(er, oi),
                    signs.Minus(ei, or), w1);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (4 * s), im, signs.Minus(er, oi),
                    signs.Plus(ei, or), w4);
                er = signs.Plus(signs.Plus(ar, c2.Re, s1r), c1.Re, s2r);
                ei = signs.Plus(signs.Plus(ai, c2.Re, s1i), c1.Re, s2i);
                or = TLanes.Subtract(Signs<T>.Times(c2.Im, d1r), c1.Im, d2r);
                oi = TLanes.Subtract(Signs<T>.Times(c2.Im, d1i), c1.Im, d2i);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (2 * s), im, signs.Plus(er, oi),
                    signs.Minus(ei, or), w2);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (3 * s), im, signs.Minus(er, oi),
                    signs.Plus(ei, or), w3);
            }
        }
    }

    internal static void Radix7(
        Stage stage, ArrayView<T> data, long from, long to, long im, ArrayView<Complex<T>> table, Signs<T> signs)
    {
        var s = 2L * TLanes.Width * stage.Stride;
        var step = s * stage.Groups;
        var c1 = table[stage.Roots + 1];
        var c2 = table[stage.Roots + 2];
        var c3 = table[stage.Roots + 3];
        for (var p = 0; p < stage.Groups; p++)
        {
            var x = from + (s * p);
            var y = to + (s * 7 * p);
            var w = stage.Twiddles + (p * 6);
            var w1 = table[w];
            var w2 = table[w + 1];
            var w3 = table[w + 2];
            var w4 = table[w + 3];
            var w5 = table[w + 4];
            var w6 = table[w + 5];
            for (var q = 0L; q < s; q += 2 * TLanes.Width)
            {
                var i = x + q;
                var o = y + q;
                var br = LanePoint<TLanes, T>.Load(data, i + step);
                var bi = LanePoint<TLanes, T>.Load(data, i + step + im);
                var cr = LanePoint<TLanes, T>.Load(data, i + (6 * step));
                var ci = LanePoint<TLanes, T>.Load(data, i + (6 * step) + im);
                var s1r = signs.Plus(br, cr);
                var s1i = signs.Plus(bi, ci);
                var d1r = signs.Minus(br, cr);
                var d1i = signs.Minus(bi, ci);
                br = LanePoint<TLanes, T>.Load(data, i + (2 * step));
                bi = LanePoint<TLanes, T>.Load(data, i + (2 * step) + im);
                cr = LanePoint<TLanes, T>.Load(data, i + (5 * step));
                ci = LanePoint<TLanes, T>.Load(data, i + (5 * step) + im);
                var s2r = signs.Plus(br, cr);
                var s2i = signs.Plus(bi, ci);
                var d2r = signs.Minus(br, cr);
                var d2i = signs.Minus(bi, ci);
                br = LanePoint<TLanes, T>.Load(data, i + (3 * step));
                bi = LanePoint<TLanes, T>.Load(data, i + (3 * step) + im);
                cr = LanePoint<TLanes, T>.Load(data, i + (4 * step));
                ci = LanePoint<TLanes, T>.Load(data, i + (4 * step) + im);
                var s3r = signs.Plus(br, cr);
                var s3i = signs.Plus(bi, ci);
                var d3r = signs.Minus(br, cr);
                var d3i = signs.Minus(bi, ci);
                var ar = LanePoint<TLanes, T>.Load(data, i);
                var ai = LanePoint<TLanes, T>.Load(data, i + im);
                LanePoint<TLanes, T>.Store(
                    data, o, im, signs.Plus(signs.Plus(signs.Plus(ar, s1r), s2r), s3r),
                    signs.Plus(signs.Plus(signs.Plus(ai, s1i), s2i), s3i));

                // The roots' imaginary parts are −sin, so their sums are those of the definition, negative.
                var er = signs.Plus(signs.Plus(signs.Plus(ar, c1.Re, s1r), c2.Re, s2r), c3.Re, s3r);
                var ei = signs.Plus(signs.Plus(signs.Plus(ai, c1.Re, s1i), c2.Re, s2i), c3.Re, s3i);
                var or = signs.Plus(signs.Plus(Signs<T>.Times(c1.Im, d1r), c2.Im, d2r), c3.Im, d3r);
                var oi = signs.Plus(signs.Plus(Signs<T>.Times(c1.Im, d1i), c2.Im, d2i), c3.Im, d3i);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + s, im, signs.Minus(er, oi), signs.Plus(ei, or), w1);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (6 * s), im, signs.Plus(er, oi), signs.Minus(ei, or), w6);
                er = signs.Plus(signs.Plus(signs.Plus(ar, c2.Re, s1r), c3.Re, s2r), c1.Re, s3r);
                ei = signs.Plus(signs.Plus(signs.Plus(ai, c2.Re, s1i), c3.Re, s2i), c1.Re, s3i);
                or = TLanes.Subtract(TLanes.Subtract(Signs<T>.Times(c2.Im, d1r), c3.Im, d2r), c1.Im, d3r);
                oi = TLanes.Subtract(TLanes.Subtract(Signs<T>.Times(c2.Im, d1i), c3.Im, d2i), c1.Im, d3i);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (2 * s), im, signs.Minus(er, oi), signs.Plus(ei, or), w2);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (5 * s), im, signs.Plus(er, oi), signs.Minus(ei, or), w5);
                er = signs.Plus(signs.Plus(signs.Plus(ar, c3.Re, s1r), c1.Re, s2r), c2.Re, s3r);
                ei = signs.Plus(signs.Plus(signs.Plus(ai, c3.Re, s1i), c1.Re, s2i), c2.Re, s3i);
                or = signs.Plus(TLanes.Subtract(Signs<T>.Times(c3.Im, d1r), c1.Im, d2r), c2.Im, d3r);
                oi = signs.Plus(TLanes.Subtract(Signs<T>.Times(c3.Im, d1i), c1.Im, d2i), c2.Im, d3i);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (3 * s), im, signs.Minus(er, oi), signs.Plus(ei, or), w3);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (4 * s), im, signs.Plus(er, oi), signs.Minus(ei, or), w4);
            }
        }
    }

    /// <summary>
    /// One butterfly of any odd radix, folded: with the sums and differences of points j and radix − j,
    /// results k and radix − k are x₀ + Σ sumⱼ·cos ∓ i·Σ differenceⱼ·sin, a quarter of the products.
    /// </summary>
    internal static void Any(
        int radix, ArrayView<T> data, long x, long step, long y, long s, long im,
        ArrayView<Complex<T>> table, int w, int roots, Signs<T> signs)
    {
        var x0r = LanePoint<TLanes, T>.Load(data, x);
        var x0i = LanePoint<TLanes, T>.Load(data, x + im);
        LanePoint<TLanes, T>.Store(data, y, im, x0r, x0i);
        for (var j = 1; j <= radix / 2; j++)
        {
            var a = x + (j * step);
            var b = x + ((radix - j) * step);
            var ar = LanePoint<TLanes, T>.Load(data, a);
            var ai = LanePoint<TLanes, T>.Load(data, a + im);
            var br = LanePoint<TLanes, T>.Load(data, b);
            var bi = LanePoint<TLanes, T>.Load(data, b + im);
            var yr = LanePoint<TLanes, T>.Load(data, y);
            var yi = LanePoint<TLanes, T>.Load(data, y + im);
            var sr = signs.Plus(ar, br);
            var si = signs.Plus(ai, bi);
            LanePoint<TLanes, T>.Store(data, a, im, sr, si);
            LanePoint<TLanes, T>.Store(data, b, im, signs.Minus(ar, br), signs.Minus(ai, bi));
            LanePoint<TLanes, T>.Store(data, y, im, signs.Plus(yr, sr), signs.Plus(yi, si));
        }

        for (var k = 1; k <= radix / 2; k++)
        {
            var er = LanePoint<TLanes, T>.Load(data, x);
            var ei = LanePoint<TLanes, T>.Load(data, x + im);
            var or = TLanes.Zero;
            var oi = TLanes.Zero;
            var turn = 0;
            for (var j = 1; j <= radix / 2; j++)
            {
                turn += k;
                turn = turn >= radix ? turn - radix : turn;
                var root = table[roots + turn];
                var a = x + (j * step);
                var b = x + ((radix - j) * step);
                er = TLanes.Add(er, root.Re, LanePoint<TLanes, T>.Load(data, a));
                ei = TLanes.Add(ei, root.Re, LanePoint<TLanes, T>.Load(data, a + im));
                or = TLanes.Subtract(or, root.Im, LanePoint<TLanes, T>.Load(data, b));
                oi = TLanes.Subtract(oi, root.Im, LanePoint<TLanes, T>.Load(data, b + im));
            }

            // The sums go to memory first: compilers find vectors from runs of stores.
            var up = y + (k * s);
            var down = y + ((radix - k) * s);
            LanePoint<TLanes, T>.Store(data, up, im, er, ei);
            LanePoint<TLanes, T>.Store(data, down, im, or, oi);
        }

        for (var k = 1; k <= radix / 2; k++)
        {
            var up = y + (k * s);
            var down = y + ((radix - k) * s);
            var er = LanePoint<TLanes, T>.Load(data, up);
            var ei = LanePoint<TLanes, T>.Load(data, up + im);
            var or = LanePoint<TLanes, T>.Load(data, down);
            var oi = LanePoint<TLanes, T>.Load(data, down + im);
            LanePoint<TLanes, T>.StoreTimes(
                signs, data, up, im, signs.Plus(er, oi),
                signs.Minus(ei, or), table[w + k - 1]);
            LanePoint<TLanes, T>.StoreTimes(
                signs, data, down, im, signs.Minus(er, oi),
                signs.Plus(ei, or), table[w + radix - k - 1]);
        }
    }
}
