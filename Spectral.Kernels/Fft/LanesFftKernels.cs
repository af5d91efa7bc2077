using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The kernel for CPUs: each work-item takes a few rows at a time, one in each lane of a vector, through
/// the whole transform in a slice of scratch of its own. No barrier, any group size.
/// </summary>
internal sealed class LanesFftKernels : IKernelForms, IWholeRegisters
{
    public static IEnumerable<Delegate> Forms() =>
    [
        Form<Lanes1<float>, float>(), Form<Lanes1<double>, double>(),
        Form<Lanes8<float>, float>(), Form<Lanes8<double>, double>(), Form<Lanes16<float>, float>(),
    ];

    /// <summary>
    /// Numbers of scratch for each lane: two halves, each with room for one bin more, and as much again for
    /// each tile of a run.
    /// </summary>
    internal static int Numbers(int span, int run) => (2 + run) * ((2 * span) + 2);

    internal static void Transform<TLanes, T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<T> work, ArrayView<T> again,
        ArrayView<Complex<T>> table, ArrayView<int> stages, FftJob<T> job)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        var half = (long)TLanes.Width * ((2 * job.Span) + 2);
        var slice = (2 + job.Run) * half * WorkItem.Index;
        var held = slice + (2 * half);
        var tilesInOuter = (job.Inner + TLanes.Width - 1) / TLanes.Width;
        var runsInOuter = (tilesInOuter + job.Run - 1) / job.Run;

        // Neighbours, not a stride apart: they share pages.
        var runs = (long)job.Outer * runsInOuter;
        var end = WorkItem.End(runs);
        for (var run = WorkItem.First(runs); run < end; run++)
        {
            var outer = run / runsInOuter;
            var first = (run - (outer * runsInOuter)) * job.Run;
            var last = Math.Min(first + job.Run, tilesInOuter);
            var full = Math.Min(last, job.Inner / TLanes.Width) - first;
            var holdsX = TLanes.Width > 1 && job.From.Inner == 1;
            var holdsY = TLanes.Width > 1 && job.To.Inner == 1;
            if (holdsX)
                LaneInput<TLanes, T>.RowsOf(job, outer, first * TLanes.Width, TLanes.Width, held)
                    .ReadRun<TLanes, T>(x, work, full, half);
            for (var tile = first; tile < last; tile++)
            {
                var inner = tile * TLanes.Width;
                var count = Math.Min(TLanes.Width, job.Inner - inner);
                var isFull = count == TLanes.Width;
                var own = held + ((tile - first) * half);
                LaneInput<TLanes, T>.Read(
                    x, work, again, slice, slice + half, table, job,
                    LaneInput<TLanes, T>.RowsOf(job, outer, inner, count, holdsX && isFull ? own : -1));
                var from = Stages<TLanes, T>(work, slice, slice + half, table, stages, job);
                LaneOutput<TLanes, T>.Write(
                    work, again, from, slice + slice + half - from, y, bias, table, job,
                    LaneOutput<TLanes, T>.RowsOf(job, outer, inner, count, holdsY && isFull ? own : -1), inner);
            }

            if (holdsY)
                LaneOutput<TLanes, T>.RowsOf(job, outer, first * TLanes.Width, TLanes.Width, held)
                    .WriteRun<TLanes, T>(y, work, full, half);
        }
    }

    /// <summary>
    /// The stages, from one half of a slice to the other and back; twice to convolve. Returns where the
    /// points are then.
    /// </summary>
    private static long Stages<TLanes, T>(
        ArrayView<T> work, long from, long to, ArrayView<Complex<T>> table, ArrayView<int> stages,
        FftJob<T> job)
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T>
    {
        var first = job.FirstPart;
        var im = job.ToImaginary;
        var passes = job.Convolution > 0 ? 2 : 1;
        for (var pass = 0; pass < passes; pass++)
        {
            // Times the spectrum of the chirp, parts exchanged.
            for (var i = 0; i < job.Convolution && pass == 1; i++)
            {
                var at = from + first + (2L * TLanes.Width * i);
                LanePoint<TLanes, T>.StoreTimes(
                    job.Signs, work, at + im, -im, LanePoint<TLanes, T>.Load(work, at),
                    LanePoint<TLanes, T>.Load(work, at + im), table[job.Spectrum + i]);
            }

            for (var s = 0; s < job.Stages; s++)
            {
                LaneStages<TLanes, T>.Run(
                    FftStages.Read(stages, s), work, from + first, to + first, im, table, job.Signs);
                var swap = from;
                from = to;
                to = swap;
            }
        }

        return from;
    }

    private static Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
        ArrayView<Complex<T>>, ArrayView<int>, FftJob<T>> Form<TLanes, T>()
        where TLanes : unmanaged, ILanes<T, TLanes>
        where T : unmanaged, INumber<T> => Transform<TLanes, T>;
}
