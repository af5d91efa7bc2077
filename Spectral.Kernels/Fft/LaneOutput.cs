using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>How the points of rows in lanes are written after the stages, for every <see cref="FftPort"/>.</summary>
internal static class LaneOutput<TLanes, T>
    where TLanes : unmanaged, ILanes<T, TLanes>
    where T : unmanaged, INumber<T>
{
    /// <summary>The rows of a tile as they lie in y.</summary>
    internal static LaneRows RowsOf(FftJob<T> job, int outer, int inner, int count, long held)
    {
        var parts = job.IsReal && job.Output == (int)FftPort.Circle ? 1 : 2;
        return new LaneRows(
            (outer * job.To.Outer) + (inner * job.To.Inner), job.To.Inner, job.To.Point, job.To.Imaginary,
            parts, parts * job.Results, count, held);
    }

    internal static void Write(
        ArrayView<T> work, ArrayView<T> again, long from, long spare, ArrayView<T> y, ArrayView<T> bias,
        ArrayView<Complex<T>> table, FftJob<T> job, LaneRows rows, int inner)
    {
        for (var i = 0; i < job.Length && job.Convolution > 0; i++)
        {
            // The convolution leaves the parts exchanged.
            var at = from + job.FirstPart + (2L * TLanes.Width * i);
            var im = job.ToImaginary;
            LanePoint<TLanes, T>.StoreTimes(
                job.Signs, work, at, im, LanePoint<TLanes, T>.Load(work, at + im),
                LanePoint<TLanes, T>.Load(work, at), table[job.Chirp + i]);
        }

        if (job.SwapIn != job.SwapOut)
            Swap(work, from, job.Length);
        var parts = rows.Parts;
        var source = from;
        var free = spare;
        var isScaled = job.Input == (int)FftPort.HalfSpectrum;
        if (job.Output == (int)FftPort.HalfSpectrum && job.IsHalved)
        {
            Unpack(work, from, table, job);
            isScaled = true;
        }
        else if (job.Output == (int)FftPort.Twiddled)
        {
            Turn(work, from, table, job, inner, rows.Rows);
        }
        else if (job.Output == (int)FftPort.Signed)
        {
            Pick(work, from, spare, job, parts);
            source = spare;
            free = from;
        }
        else if (job.Output == (int)FftPort.Circle)
        {
            if (parts == 1 && job.IsHalved && job.Step == 1)
                source += (long)job.Start * TLanes.Width;
            else
                Pick(work, from, from, job, parts);
        }

        for (var i = 0; i < rows.Count * TLanes.Width && !isScaled && job.Scale != T.One; i++)
            work[source + i] *= job.Scale;
        if (job.BiasLength > 0)
            AddBias(work, source, rows.Count, bias, job, inner);
        rows.Write<TLanes, T>(y, work, again, source, free);
    }

    /// <summary>Exchanges real and imaginary parts.</summary>
    internal static void Swap(ArrayView<T> work, long from, int points)
    {
        for (var i = 0; i < points; i++)
        {
            var at = from + (2L * TLanes.Width * i);
            LanePoint<TLanes, T>.Store(
                work, at, TLanes.Width, LanePoint<TLanes, T>.Load(work, at + TLanes.Width),
                LanePoint<TLanes, T>.Load(work, at));
        }
    }

    /// <summary>
    /// Bins k and h − k of a real signal of length n = 2h from the transform Z of x[2j] + i·x[2j+1], doubled:
    /// with A = Z[k], B = conj Z[h−k], w = exp(−2πi·k/n) and t = −i·w·(A − B) they are A + B + t and the
    /// conjugate of A + B − t. Scaled, in place.
    /// </summary>
    private static void Unpack(ArrayView<T> work, long from, ArrayView<Complex<T>> table, FftJob<T> job)
    {
        long im = job.ImaginaryStep;
        for (var k = 0; 2 * k <= job.Length && k < job.Bins; k++)
        {
            var a = from + (2L * TLanes.Width * k);
            var b = from + (2L * TLanes.Width * (job.Length - k));
            var c = b;
            if (k == 0)
                c = a;
            var ar = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, a));
            var ai = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, a + im));
            var br = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, c));
            var bi = Signs<T>.Times(job.Scale, LanePoint<TLanes, T>.Load(work, c + im));
            var w = table[job.Roots + k];
            var er = job.Signs.Plus(ar, br);
            var ei = job.Signs.Minus(ai, bi);
            var dr = job.Signs.Minus(ar, br);
            var di = job.Signs.Plus(ai, bi);
            var tr = job.Signs.Plus(Signs<T>.Times(w.Re, di), w.Im, dr);
            var ti = TLanes.Subtract(Signs<T>.Times(w.Im, di), w.Re, dr);
            LanePoint<TLanes, T>.Store(work, a, im, job.Signs.Plus(er, tr), job.Signs.Plus(ei, ti));
            LanePoint<TLanes, T>.Store(work, b, im, job.Signs.Minus(er, tr), job.Signs.Minus(ti, ei));
        }
    }

    /// <summary>
    /// Times the roots of a four-step transform, exp(−2πi·column·k/n). Rows of that job are columns of the
    /// matrix, so each lane has a root of its own.
    /// </summary>
    private static void Turn(
        ArrayView<T> work, long from, ArrayView<Complex<T>> table, FftJob<T> job, int inner, int count)
    {
        for (var k = 0; k < job.Results; k++)
            for (var lane = 0; lane < count; lane++)
            {
                var at = from + (2L * TLanes.Width * k) + lane;
                var value = new Complex<T>(work[at], work[at + TLanes.Width])
                    * table[job.Roots + ((inner + lane) * k)];
                work[at] = value.Re;
                work[at + TLanes.Width] = value.Im;
            }
    }

    /// <summary>Samples from their positions of the circle, or rows of a spectrum in their order.</summary>
    private static void Pick(ArrayView<T> work, long from, long to, FftJob<T> job, int parts)
    {
        for (var i = 0; i < job.Results; i++)
        {
            var position = job.Output == (int)FftPort.Signed
                ? FftPositions.FrequencyOf(i, job.Length)
                : job.Start + (i * job.Step);
            var number = job.IsHalved ? position : 2 * position;
            var at = from + ((long)number * TLanes.Width);
            var target = to + ((long)parts * i * TLanes.Width);
            LanePoint<TLanes, T>.Store(work, target, LanePoint<TLanes, T>.Load(work, at));
            if (parts == 2)
                LanePoint<TLanes, T>.Store(
                    work, target + TLanes.Width, LanePoint<TLanes, T>.Load(work, at + TLanes.Width));
        }
    }

    private static void AddBias(
        ArrayView<T> work, long source, int numbers, ArrayView<T> bias, FftJob<T> job, int inner)
    {
        for (var lane = 0; lane < TLanes.Width; lane++)
        {
            var added = bias[(inner + lane) % job.BiasLength];
            for (var e = 0; e < numbers; e++)
                work[source + ((long)e * TLanes.Width) + lane] += added;
        }
    }
}
