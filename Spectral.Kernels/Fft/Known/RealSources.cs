using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>How many samples of a real signal make a point, as a type.</summary>
internal interface ISamplesOfPoint
{
    static abstract bool AreTwo { get; }
}

/// <summary>Of an odd length: one.</summary>
internal readonly struct OneSample : ISamplesOfPoint
{
    public static bool AreTwo => false;
}

/// <summary>Of an even length: two, as real and imaginary part.</summary>
internal readonly struct TwoSamples : ISamplesOfPoint
{
    public static bool AreTwo => true;
}

/// <summary>Samples of a real signal that follow each other, in memory and on the circle, from anywhere on.</summary>
internal readonly struct RealPoints<T, TSamples> : IRowSource<RealPoints<T, TSamples>, T>
    where T : unmanaged, INumber<T>
    where TSamples : struct, ISamplesOfPoint
{
    private readonly ArrayView<T> _x;
    private readonly int _row, _first, _count;

    private RealPoints(ArrayView<T> x, int row, int first, int count) =>
        (_x, _row, _first, _count) = (x, row, first, count);

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var sample = _first + (TSamples.AreTwo ? 2 * index : index);
            var re = ZeroPadded.Load(_x, _row, sample, _count);
            return new(new(re), new(TSamples.AreTwo ? ZeroPadded.Load(_x, _row, sample + 1, _count) : T.Zero));
        }
    }

    public static void Prepare(KnownRun<T> run)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RealPoints<T, TSamples> At(KnownRun<T> run, int point) => new(
        run.X, run.RowOf(run.Reader.Row), (TSamples.AreTwo ? 2 * point : point) - run.Job.Start, run.Job.Samples);
}

/// <summary>
/// The half spectrum of a real signal of odd length, exchanged for an inverse transform: bins beyond the half are the
/// conjugates of those before.
/// </summary>
internal readonly struct MirroredBins<T> : IRowSource<MirroredBins<T>, T> where T : unmanaged, INumber<T>
{
    private readonly KnownRun<T> _run;
    private readonly int _row, _point;

    private MirroredBins(KnownRun<T> run, int row, int point) => (_run, _row, _point) = (run, row, point);

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var (k, length) = (_point + index, _run.Job.RealLength);
            var isMirrored = 2 * k > length;
            var bin = Utilities.Select(isMirrored, length - k, k);
            var exists = bin < _run.Job.Bins;
            var at = _row + (Math.Min(bin, _run.Job.Bins - 1) * _run.Job.From.Point);
            var re = Utilities.Select(exists, _run.X[at], T.Zero);
            var im = Utilities.Select(exists & (bin != 0), _run.X[at + _run.Job.From.Imaginary], T.Zero);
            return new(new(Utilities.Select(isMirrored, T.Zero - im, im)), new(re));
        }
    }

    public static void Prepare(KnownRun<T> run)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MirroredBins<T> At(KnownRun<T> run, int point) => new(run, run.RowOf(run.Reader.Row), point);
}
