using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// How the points of rows in lanes are read, for every <see cref="FftPort"/>: [point][2][lane], in the first
/// half of the scratch, ready for the stages.
/// </summary>
internal static class LaneInput<TLanes, T>
    where TLanes : unmanaged, ILanes<T, TLanes>
    where T : unmanaged, INumber<T>
{
    /// <summary>The rows of a tile as they lie in x.</summary>
    internal static LaneRows RowsOf(FftJob<T> job, int outer, int inner, int count, long held)
    {
        var parts = job.IsReal && job.Input == (int)FftPort.Circle ? 1 : 2;
        var points = job.Length;
        if (job.Input == (int)FftPort.Circle)
            points = job.Samples;
        if (job.Input == (int)FftPort.HalfSpectrum || job.Input == (int)FftPort.Signed)
            points = job.Bins;
        return new LaneRows(
            (outer * job.From.Outer) + (inner * job.From.Inner), job.From.Inner, job.From.Point,
            job.From.Imaginary, parts, parts * points, count, held);
    }

    internal static void Read(
        ArrayView<T> x, ArrayView<T> work, ArrayView<T> again, long slice, long spare,
        ArrayView<Complex<T>> table, FftJob<T> job, LaneRows rows)
    {
        // Samples that follow each other on the circle as in memory are read to their places; others by way of
        // the spare half. One call for all: each is compiled anew.
        var isCircle = job.Input == (int)FftPort.Circle;
        var isPlaced = isCircle && rows.Parts == 1 && job.IsHalved && job.Step == 1;
        var isSpread = (isCircle && !isPlaced) || job.Input == (int)FftPort.Signed;
        var half = isSpread ? spare : slice;
        var first = isPlaced ? job.Start : 0;
        rows.Read<TLanes, T>(
            x, work, again, half + ((long)first * TLanes.Width), slice + spare - half);
        if (isSpread)
        {
            Clear(work, slice, 0, 2 * job.Span, job.Signs);
            Place(work, spare, slice, rows.Count / rows.Parts, job);
        }
        else
        {
            Clear(work, slice, 0, first, job.Signs);
            Clear(work, slice, first + rows.Count, (2 * job.Span) + 2, job.Signs);
        }

        if (job.Input == (int)FftPort.HalfSpectrum)
        {
            Clear(work, slice, 1, 2, job.Signs);
            if (job.IsHalved)
                Pack(work, slice, table, job);
            else
                Mirror(work, slice, job);
        }

        for (var i = 0; i < job.Length && job.Convolution > 0; i++)
        {
            var at = slice + job.FirstPart + (2L * TLanes.Width * i);
            var im = job.ToImaginary;
            LanePoint<TLanes, T>.StoreTimes(
                job.Signs, work, at, im, LanePoint<TLanes, T>.Load(work, at),
                LanePoint<TLanes, T>.Load(work, at + im), table[job.Chirp + i]);
        }
    }

    /// <summary>
    /// Zeros from one number to another. Of a zero that compilers know they would make a call that clears memory, and
    /// past some length that leaves the caches empty; lane by lane they would scatter them.
    /// </summary>
    private static void Clear(ArrayView<T> work, long slice, int from, int to, Signs<T> signs)
    {
        for (var e = slice + ((long)from * TLanes.Width); e < slice + ((long)to * TLanes.Width); e++)
            work[e] = signs.Zero;
    }

    /// <summary>Samples to their positions of the circle, or rows of a spectrum to theirs.</summary>
    private static void Place(ArrayView<T> work, long from, long to, int points, FftJob<T> job)
    {
        for (var i = 0; i < points; i++)
        {
            var position = job.Input == (int)FftPort.Signed
                ? FftPositions.FrequencyOf(i, job.Length)
                : job.Start + (i * job.Step);
            if (job.IsReal)
            {
                var number = job.IsHalved ? position : 2 * position;
                LanePoint<TLanes, T>.Store(
                    work, to + ((long)number * TLanes.Width),
                    LanePoint<TLanes, T>.Load(work, from + ((long)i * TLanes.Width)));
            }
            else
            {
                var at = from + (2L * i * TLanes.Width);
                LanePoint<TLanes, T>.Store(
                    work, to + (2L * position * TLanes.Width), TLanes.Width,
                    LanePoint<TLanes, T>.Load(work, at), LanePoint<TLanes, T>.Load(work, at + TLanes.Width));
            }
        }
    }

    /// <summary>
    /// Even real length n = 2h: with A = X[k], B = conj X[h−k], w = exp(−2πi·k/n) and t = i·conj(w)·(A − B),
    /// the spectrum of x[2j] + i·x[2j+1] is A + B + t at k and the conjugate of A + B − t at h − k, up to a
    /// half that the unscaled inverse wants. Scaled, in place.
    /// </summary>
    private static void Pack(ArrayView<T> work, long slice, ArrayView<Complex<T>> table, FftJob<T> job)
    {
        long im = job.ImaginaryStep;
        Clear(work, slice, (2 * job.Length) + 1, (2 * job.Length) + 2, job.Signs);
        for (var k = 0; 2 * k <= job.Length; k++)
        {
            var a = slice + (2L * TLanes.Width * k);
            var b = slice + (2L * TLanes.Width * (job.Length - k));
            var ar = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, a));
            var ai = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, a + im));
            var br = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, b));
            var bi = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, b + im));
            var w = table[job.Roots + k];
            var er = job.Signs.Plus(ar, br);
            var ei = job.Signs.Minus(ai, bi);
            var dr = job.Signs.Minus(ar, br);
            var di = job.Signs.Plus(ai, bi);
            var tr = TLanes.Subtract(Signs<T>.Times(w.Im, dr), w.Re, di);
            var ti = job.Signs.Plus(Signs<T>.Times(w.Re, dr), w.Im, di);
            LanePoint<TLanes, T>.Store(work, a, im, job.Signs.Plus(er, tr), job.Signs.Plus(ei, ti));
            LanePoint<TLanes, T>.Store(work, b, im, job.Signs.Minus(er, tr), job.Signs.Minus(ti, ei));
        }

        // The Nyquist bin's place is beyond the points.
        Clear(work, slice, 2 * job.Length, (2 * job.Length) + 2, job.Signs);
    }

    /// <summary>Odd real length: the full spectrum, scaled, in place.</summary>
    private static void Mirror(ArrayView<T> work, long slice, FftJob<T> job)
    {
        long im = job.ImaginaryStep;
        for (var k = 0; 2 * k < job.RealLength; k++)
        {
            var a = slice + (2L * TLanes.Width * k);
            var re = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, a));
            var i = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, a + im));
            LanePoint<TLanes, T>.Store(work, a, im, re, i);
            if (k > 0)
                LanePoint<TLanes, T>.Store(
                    work, slice + (2L * TLanes.Width * (job.RealLength - k)), im, re,
                    job.Signs.Minus(TLanes.Zero, i));
        }
    }
}
