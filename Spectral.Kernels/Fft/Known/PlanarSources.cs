using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>
/// The half spectrum of a real signal of even length, exchanged for an inverse transform, as
/// <see cref="FftInput{TLanes, T}"/> makes points of it, but without branches.
/// </summary>
internal readonly struct BinPoints<T> : IRowSource<BinPoints<T>, T> where T : unmanaged, INumber<T>
{
    private readonly ArrayView<T> _x;
    private readonly ArrayView<Complex<T>> _roots;
    private readonly int _row, _step, _imaginary, _bins, _length, _point;

    private BinPoints(KnownRun<T> run, int row, int point)
    {
        (_x, _roots) = (run.X, run.Table.SubView(run.Job.Roots + point));
        (_row, _step, _imaginary) = (row, run.Job.From.Point, run.Job.From.Imaginary);
        (_bins, _length, _point) = (run.Job.Bins, run.Job.Length, point);
    }

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var a = Bin(_point + index);
            var b = Bin(_length - _point - index).Conjugate;
            var turned = (a - b) * _roots[index].Conjugate;
            return ComplexLanes<PointLane<T>, T>.PlusI(a + b, turned).Swapped;
        }
    }

    public static void Prepare(KnownRun<T> run)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BinPoints<T> At(KnownRun<T> run, int point) => new(run, run.RowOf(run.Reader.Row), point);

    /// <summary>Bin k, zero beyond the last; imaginary parts of DC and Nyquist do not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ComplexLanes<PointLane<T>, T> Bin(int k)
    {
        var at = _row + (Math.Min(k, _bins - 1) * _step);
        var (re, im) = (_x[at], _x[at + _imaginary]);
        var exists = k < _bins;
        var isComplex = exists & (k != 0) & (k != _length);
        return new(new(Utilities.Select(exists, re, T.Zero)), new(Utilities.Select(isComplex, im, T.Zero)));
    }
}

/// <summary>Which of the complex numbers in memory is a point of the circle, as a type.</summary>
internal interface IPointOrder
{
    /// <summary>The number's index; below zero or beyond the last where there is none.</summary>
    static abstract int IndexOf<T>(FftJob<T> job, int point) where T : unmanaged, INumber<T>;

    /// <summary>How many numbers there are.</summary>
    static abstract int CountOf<T>(FftJob<T> job) where T : unmanaged, INumber<T>;
}

/// <summary>Samples that follow each other somewhere on the circle.</summary>
internal readonly struct RunOfSamples : IPointOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf<T>(FftJob<T> job, int point) where T : unmanaged, INumber<T> => point - job.Start;

    public static int CountOf<T>(FftJob<T> job) where T : unmanaged, INumber<T> => job.Samples;
}

/// <summary>The lowest bins.</summary>
internal readonly struct LowestBins : IPointOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf<T>(FftJob<T> job, int point) where T : unmanaged, INumber<T> => point;

    public static int CountOf<T>(FftJob<T> job) where T : unmanaged, INumber<T> => job.Bins;
}

/// <summary>Bins of both signs in the order 0, 1, −1, 2, −2 …</summary>
internal readonly struct SignedBins : IPointOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf<T>(FftJob<T> job, int point) where T : unmanaged, INumber<T> =>
        Math.Max(0, Utilities.Select(2 * point > job.Length, 2 * (job.Length - point), (2 * point) - 1));

    public static int CountOf<T>(FftJob<T> job) where T : unmanaged, INumber<T> => job.Bins;
}

/// <summary>Complex numbers whose parts lie apart; zero where there is none.</summary>
internal readonly struct PlanarPoints<T, TPoints, TOrder> : IRowSource<PlanarPoints<T, TPoints, TOrder>, T>
    where T : unmanaged, INumber<T>
    where TPoints : struct, IPointOrder
    where TOrder : struct, IPartOrder
{
    private readonly KnownRun<T> _run;
    private readonly int _row, _point;

    private PlanarPoints(KnownRun<T> run, int row, int point) => (_run, _row, _point) = (run, row, point);

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var number = TPoints.IndexOf(_run.Job, _point + index);
            var last = TPoints.CountOf(_run.Job) - 1;
            var exists = (uint)number <= (uint)last;
            var at = _row + (Math.Min(Math.Max(number, 0), last) * _run.Job.From.Point);
            return TOrder.Of(new ComplexLanes<PointLane<T>, T>(
                new(Utilities.Select(exists, _run.X[at], T.Zero)),
                new(Utilities.Select(exists, _run.X[at + _run.Job.From.Imaginary], T.Zero))));
        }
    }

    public static void Prepare(KnownRun<T> run)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PlanarPoints<T, TPoints, TOrder> At(KnownRun<T> run, int point) => new(run, run.RowOf(run.Reader.Row), point);
}
