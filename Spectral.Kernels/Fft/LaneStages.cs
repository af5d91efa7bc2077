using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Stockham stages of rows in lanes: points are [2][lanes], read and written in whole lanes. Each radix has
/// its own loops inside the choice of the radix: in a loop around it, compilers step the offsets of all.
/// </summary>
internal static class LaneStages<TLanes, T>
    where TLanes : unmanaged, ILanes<T, TLanes>
    where T : unmanaged, INumber<T>
{
    /// <summary>One stage, from one offset in <paramref name="data"/> to another.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="data">Both the source, which is overwritten too, and the target.</param>
    /// <param name="from">First real part of the source.</param>
    /// <param name="to">First real part of the target.</param>
    /// <param name="imaginary">From a real part to its imaginary part.</param>
    /// <param name="table">Constants, as <see cref="FftTables"/> lays them out.</param>
    /// <param name="signs">Constants.</param>
    internal static void Run(
        Stage stage, ArrayView<T> data, long from, long to, long imaginary, ArrayView<Complex<T>> table,
        Signs<T> signs)
    {
        switch (stage.Radix)
        {
            case 2:
                Radix2(stage, data, from, to, imaginary, table, signs);
                break;
            case 3:
                LaneOddStages<TLanes, T>.Radix3(stage, data, from, to, imaginary, table, signs);
                break;
            case 4:
                LaneEvenStages<TLanes, T>.Radix4(stage, data, from, to, imaginary, table, signs);
                break;
            case 5:
                LaneOddStages<TLanes, T>.Radix5(stage, data, from, to, imaginary, table, signs);
                break;
            case 7:
                LaneOddStages<TLanes, T>.Radix7(stage, data, from, to, imaginary, table, signs);
                break;
            case 8:
                LaneEvenStages<TLanes, T>.Radix8(stage, data, from, to, imaginary, table, signs);
                break;
            default:
                var s = 2L * TLanes.Width * stage.Stride;
                for (var p = 0; p < stage.Groups; p++)
                    for (var q = 0L; q < s; q += 2 * TLanes.Width)
                        LaneOddStages<TLanes, T>.Any(
                            stage.Radix, data, from + (s * p) + q, s * stage.Groups,
                            to + (s * stage.Radix * p) + q, s, imaginary, table,
                            stage.Twiddles + (p * (stage.Radix - 1)), stage.Roots, signs);
                break;
        }
    }

    private static void Radix2(
        Stage stage, ArrayView<T> data, long from, long to, long im, ArrayView<Complex<T>> table, Signs<T> signs)
    {
        var s = 2L * TLanes.Width * stage.Stride;
        var step = s * stage.Groups;
        for (var p = 0; p < stage.Groups; p++)
        {
            var x = from + (s * p);
            var y = to + (s * 2 * p);
            var w1 = table[stage.Twiddles + p];
            for (var q = 0L; q < s; q += 2 * TLanes.Width)
            {
                var i = x + q;
                var o = y + q;
                var ar = LanePoint<TLanes, T>.Load(data, i);
                var ai = LanePoint<TLanes, T>.Load(data, i + im);
                var br = LanePoint<TLanes, T>.Load(data, i + step);
                var bi = LanePoint<TLanes, T>.Load(data, i + step + im);
                LanePoint<TLanes, T>.Store(data, o, im, signs.Plus(ar, br), signs.Plus(ai, bi));
                LanePoint<TLanes, T>.StoreTimes(
                    signs, data, o + s, im, signs.Minus(ar, br),
                    signs.Minus(ai, bi), w1);
            }
        }
    }
}
