using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Butterflies of radix 4 and 8 in lanes, see <see cref="LaneStages{TLanes, T}"/>.</summary>
internal static class LaneEvenStages<TLanes, T>
    where TLanes : unmanaged, ILanes<T, TLanes>
    where T : unmanaged, INumber<T>
{
    internal static void Radix4(
        Stage stage, ArrayView<T> data, long from, long to, long im, ArrayView<Complex<T>> table, Signs<T> signs)
    {
        var s = 2L * TLanes.Width * stage.Stride;
        var step = s * stage.Groups;
        for (var p = 0; p < stage.Groups; p++)
        {
            var x = from + (s * p);
            var y = to + (s * 4 * p);
            var w = stage.Twiddles + (p * 3);
            var w1 = table[w];
            var w2 = table[w + 1];
            var w3 = table[w + 2];
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
                var dr = LanePoint<TLanes, T>.Load(data, i + (3 * step));
                var di = LanePoint<TLanes, T>.Load(data, i + (3 * step) + im);
                var sr = signs.Plus(ar, cr);
                var si = signs.Plus(ai, ci);
                var tr = signs.Plus(br, dr);
                var ti = signs.Plus(bi, di);
                var ur = signs.Minus(ar, cr);
                var ui = signs.Minus(ai, ci);
                var vr = signs.Minus(br, dr);
                var vi = signs.Minus(bi, di);
                LanePoint<TLanes, T>.Store(data, o, im, signs.Plus(sr, tr), signs.Plus(si, ti));
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (2 * s), im, signs.Minus(sr, tr), signs.Minus(si, ti), w2);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + s, im, signs.Plus(ur, vi), signs.Minus(ui, vr), w1);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (3 * s), im, signs.Minus(ur, vi), signs.Plus(ui, vr), w3);
            }
        }
    }

    internal static void Radix8(
        Stage stage, ArrayView<T> data, long from, long to, long im, ArrayView<Complex<T>> table, Signs<T> signs)
    {
        var s = 2L * TLanes.Width * stage.Stride;
        var step = s * stage.Groups;
        var half = table[0].Re;
        for (var p = 0; p < stage.Groups; p++)
        {
            var x = from + (s * p);
            var y = to + (s * 8 * p);
            var w = stage.Twiddles + (p * 7);
            var w1 = table[w];
            var w2 = table[w + 1];
            var w3 = table[w + 2];
            var w4 = table[w + 3];
            var w5 = table[w + 4];
            var w6 = table[w + 5];
            var w7 = table[w + 6];
            for (var q = 0L; q < s; q += 2 * TLanes.Width)
            {
                var i = x + q;
                var o = y + q;

                // Even points: a butterfly of radix 4, kept as e0 … e3.
                var ur = LanePoint<TLanes, T>.Load(data, i);
                var ui = LanePoint<TLanes, T>.Load(data, i + im);
                var vr = LanePoint<TLanes, T>.Load(data, i + (4 * step));
                var vi = LanePoint<TLanes, T>.Load(data, i + (4 * step) + im);
                var e0r = signs.Plus(ur, vr);
                var e0i = signs.Plus(ui, vi);
                var e1r = signs.Minus(ur, vr);
                var e1i = signs.Minus(ui, vi);
                ur = LanePoint<TLanes, T>.Load(data, i + (2 * step));
                ui = LanePoint<TLanes, T>.Load(data, i + (2 * step) + im);
                vr = LanePoint<TLanes, T>.Load(data, i + (6 * step));
                vi = LanePoint<TLanes, T>.Load(data, i + (6 * step) + im);
                var tr = signs.Plus(ur, vr);
                var ti = signs.Plus(ui, vi);
                var e2r = signs.Minus(e0r, tr);
                var e2i = signs.Minus(e0i, ti);
                e0r = signs.Plus(e0r, tr);
                e0i = signs.Plus(e0i, ti);
                tr = signs.Minus(ui, vi);
                ti = signs.Minus(vr, ur);
                var e3r = signs.Minus(e1r, tr);
                var e3i = signs.Minus(e1i, ti);
                e1r = signs.Plus(e1r, tr);
                e1i = signs.Plus(e1i, ti);

                // Odd points: the same, then turned by eighths, whose √½ is left to the last sums.
                ur = LanePoint<TLanes, T>.Load(data, i + step);
                ui = LanePoint<TLanes, T>.Load(data, i + step + im);
                vr = LanePoint<TLanes, T>.Load(data, i + (5 * step));
                vi = LanePoint<TLanes, T>.Load(data, i + (5 * step) + im);
                var o0r = signs.Plus(ur, vr);
                var o0i = signs.Plus(ui, vi);
                var o1r = signs.Minus(ur, vr);
                var o1i = signs.Minus(ui, vi);
                ur = LanePoint<TLanes, T>.Load(data, i + (3 * step));
                ui = LanePoint<TLanes, T>.Load(data, i + (3 * step) + im);
                vr = LanePoint<TLanes, T>.Load(data, i + (7 * step));
                vi = LanePoint<TLanes, T>.Load(data, i + (7 * step) + im);
                tr = signs.Plus(ur, vr);
                ti = signs.Plus(ui, vi);
                var o2r = signs.Minus(o0i, ti);
                var o2i = signs.Minus(tr, o0r);
                o0r = signs.Plus(o0r, tr);
                o0i = signs.Plus(o0i, ti);
                tr = signs.Minus(ui, vi);
                ti = signs.Minus(vr, ur);
                var o3r = signs.Minus(o1r, tr);
                var o3i = signs.Minus(o1i, ti);
                o1r = signs.Plus(o1r, tr);
                o1i = signs.Plus(o1i, ti);
                tr = signs.Plus(o1r, o1i);
                ti = signs.Minus(o1i, o1r);
                ur = signs.Minus(o3i, o3r);
                ui = signs.Plus(o3r, o3i);

                LanePoint<TLanes, T>.Store(data, o, im, signs.Plus(e0r, o0r), signs.Plus(e0i, o0i));
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (4 * s), im, signs.Minus(e0r, o0r), signs.Minus(e0i, o0i), w4);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + s, im, signs.Plus(e1r, half, tr), signs.Plus(e1i, half, ti), w1);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (5 * s), im, TLanes.Subtract(e1r, half, tr), TLanes.Subtract(e1i, half, ti),
                    w5);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (2 * s), im, signs.Plus(e2r, o2r), signs.Plus(e2i, o2i), w2);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (6 * s), im, signs.Minus(e2r, o2r), signs.Minus(e2i, o2i), w6);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (3 * s), im, signs.Plus(e3r, half, ur), TLanes.Subtract(e3i, half, ui), w3);
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + (7 * s), im, TLanes.Subtract(e3r, half, ur), signs.Plus(e3i, half, ui), w7);
            }
        }
    }
}
