using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>Where the first stage of <see cref="KnownStages{T, TChain, TSource}"/> reads the points of a row.</summary>
internal interface IRowSource<TSelf, T> : IFftSource<PointLane<T>, T> where T : unmanaged, INumber<T>
{
    /// <summary>Whether that is global memory, where neighbouring work-items should read neighbours.</summary>
    static abstract bool IsInMemory { get; }

    /// <summary>The row of a work-item. Every work-item of a group calls it.</summary>
    static abstract TSelf Of(
        ArrayView<T> x, ArrayView<Complex<T>> table, BlockRows<T> rows, FftJob<T> job, BlockPlace reader,
        BlockPlace worker);
}

/// <summary>
/// Pairs of neighbouring reals in global memory, each of which one access reads; zero where there are no samples. For
/// jobs that <see cref="FftJob{T}.ReadsPairs"/>.
/// </summary>
internal readonly struct PairPoints<T> : IRowSource<PairPoints<T>, T> where T : unmanaged, INumber<T>
{
    private readonly ArrayView<ComplexLanes<PointLane<T>, T>> _pairs;
    private readonly int _start, _step, _first, _last, _swap;

    private PairPoints(ArrayView<T> x, FftJob<T> job, int outer, int inner)
    {
        _pairs = x.Cast<ComplexLanes<PointLane<T>, T>>();
        (_first, _last, _swap) = (job.FirstPair, job.LastPair, job.SwapIn);
        _step = job.PairStep;
        _start = (((outer * job.From.Outer) + (inner * job.From.Inner)) >> 1) - (_first * _step);
    }

    public static bool IsInMemory => true;

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // Always some pair, and no branches, so that several accesses are on their way at once.
            var exists = (uint)(index - _first) <= (uint)(_last - _first);
            var value = _pairs[_start + (Math.Min(Math.Max(index, _first), _last) * _step)];
            var re = Utilities.Select(exists, value.Re.Value, T.Zero);
            var im = Utilities.Select(exists, value.Im.Value, T.Zero);
            return new(
                new(Utilities.Select(_swap != 0, im, re)), new(Utilities.Select(_swap != 0, re, im)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairPoints<T> Of(
        ArrayView<T> x, ArrayView<Complex<T>> table, BlockRows<T> rows, FftJob<T> job, BlockPlace reader,
        BlockPlace worker) => new(x, job, rows.Outer, rows.Existing(reader));
}

/// <summary>
/// The half spectrum of a real signal of even length in global memory, as <see cref="FftInput{TLanes, T}"/> makes points of
/// it, but without branches.
/// </summary>
internal readonly struct BinPoints<T> : IRowSource<BinPoints<T>, T> where T : unmanaged, INumber<T>
{
    private readonly ArrayView<T> _x;
    private readonly ArrayView<Complex<T>> _table;
    private readonly int _row, _step, _imaginary, _bins, _length, _roots, _swap;

    private BinPoints(ArrayView<T> x, ArrayView<Complex<T>> table, FftJob<T> job, int outer, int inner)
    {
        (_x, _table) = (x, table);
        _row = (outer * job.From.Outer) + (inner * job.From.Inner);
        (_step, _imaginary) = (job.From.Point, job.From.Imaginary);
        (_bins, _length, _roots, _swap) = (job.Bins, job.Length, job.Roots, job.SwapIn);
    }

    public static bool IsInMemory => true;

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var a = Bin(index);
            var b = Bin(_length - index).Conjugate;
            var turned = (a - b) * _table[_roots + index].Conjugate;
            var value = ComplexLanes<PointLane<T>, T>.PlusI(a + b, turned);
            var (re, im) = (value.Re.Value, value.Im.Value);
            return new(
                new(Utilities.Select(_swap != 0, im, re)), new(Utilities.Select(_swap != 0, re, im)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BinPoints<T> Of(
        ArrayView<T> x, ArrayView<Complex<T>> table, BlockRows<T> rows, FftJob<T> job, BlockPlace reader,
        BlockPlace worker) => new(x, table, job, rows.Outer, rows.Existing(reader));

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

/// <summary>Any points, which are brought to the second half of shared memory first.</summary>
internal readonly struct LoadedPoints<T> : IRowSource<LoadedPoints<T>, T> where T : unmanaged, INumber<T>
{
    private readonly SpreadPoints<PointLane<T>, T> _points;
    private readonly int _row;

    private LoadedPoints(SpreadPoints<PointLane<T>, T> points, int row) => (_points, _row) = (points, row);

    public static bool IsInMemory => false;

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _points[_row + index];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LoadedPoints<T> Of(
        ArrayView<T> x, ArrayView<Complex<T>> table, BlockRows<T> rows, FftJob<T> job, BlockPlace reader,
        BlockPlace worker)
    {
        BlockInput<T>.Load(x, rows, rows.Half, reader, table, job);
        Group.Barrier();
        return new(rows.Points, rows.Half + (worker.Row * rows.Pitch));
    }
}
