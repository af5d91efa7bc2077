using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>Whether real and imaginary part are exchanged, as a type.</summary>
internal interface IPartOrder
{
    static abstract ComplexLanes<PointLane<T>, T> Of<T>(ComplexLanes<PointLane<T>, T> value)
        where T : unmanaged, INumber<T>;
}

/// <summary>As they are.</summary>
internal readonly struct InOrder : IPartOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<PointLane<T>, T> Of<T>(ComplexLanes<PointLane<T>, T> value)
        where T : unmanaged, INumber<T> => value;
}

/// <summary>Exchanged, for an inverse transform.</summary>
internal readonly struct Exchanged : IPartOrder
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<PointLane<T>, T> Of<T>(ComplexLanes<PointLane<T>, T> value)
        where T : unmanaged, INumber<T> => value.Swapped;
}

/// <summary>
/// Pairs of neighbouring reals in global memory that follow each other, each read by one access; as many as the transform has
/// points. For jobs that <see cref="FftJob{T}.ReadsPairs"/>.
/// </summary>
internal readonly struct WholePairs<T, TOrder> : IRowSource<WholePairs<T, TOrder>, T>
    where T : unmanaged, INumber<T>
    where TOrder : struct, IPartOrder
{
    private readonly ArrayView<ComplexLanes<PointLane<T>, T>> _from;

    private WholePairs(ArrayView<ComplexLanes<PointLane<T>, T>> from) => _from = from;

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TOrder.Of(_from[index]);
    }

    public static void Prepare(KnownRun<T> run)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WholePairs<T, TOrder> At(KnownRun<T> run, int point) => new(
        run.X.Cast<ComplexLanes<PointLane<T>, T>>().SubView((run.RowOf(run.Reader.Row) >> 1) + point));
}

/// <summary>
/// The same, but zero where there are no samples, and at any distance.
/// </summary>
internal readonly struct SomePairs<T, TOrder> : IRowSource<SomePairs<T, TOrder>, T>
    where T : unmanaged, INumber<T>
    where TOrder : struct, IPartOrder
{
    private readonly ArrayView<ComplexLanes<PointLane<T>, T>> _pairs;
    private readonly int _start, _step, _point, _last;

    private SomePairs(KnownRun<T> run, int row, int point)
    {
        _pairs = run.X.Cast<ComplexLanes<PointLane<T>, T>>();
        (_start, _step) = (row >> 1, run.Job.PairStep);
        (_point, _last) = (point - run.Job.FirstPair, run.Job.LastPair - run.Job.FirstPair);
    }

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // Always some pair, and no branches, so that several accesses are on their way at once.
            var point = _point + index;
            var exists = (uint)point <= (uint)_last;
            var value = _pairs[_start + (Math.Min(Math.Max(point, 0), _last) * _step)];
            return TOrder.Of(new ComplexLanes<PointLane<T>, T>(
                new(Utilities.Select(exists, value.Re.Value, T.Zero)), new(Utilities.Select(exists, value.Im.Value, T.Zero))));
        }
    }

    public static void Prepare(KnownRun<T> run)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SomePairs<T, TOrder> At(KnownRun<T> run, int point) => new(run, run.RowOf(run.Reader.Row), point);
}

/// <summary>
/// As <see cref="WholePairs{T, TOrder}"/>, but brought to shared memory first: where a work-item takes a whole row, or half of
/// one, neighbours would read far apart.
/// </summary>
internal readonly struct StagedPairs<T, TOrder> : IRowSource<StagedPairs<T, TOrder>, T>
    where T : unmanaged, INumber<T>
    where TOrder : struct, IPartOrder
{
    private readonly SharedPoints<T> _from;

    private StagedPairs(SharedPoints<T> from) => _from = from;

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TOrder.Of(_from[index]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare(KnownRun<T> run)
    {
        var pairs = run.X.Cast<ComplexLanes<PointLane<T>, T>>();
        var points = run.Job.Length << run.Shape.LogRows;
        for (var i = Group.IdxX; i < points; i += Group.DimX)
        {
            var row = run.Shape.ByLength.Quotient(i);
            var point = i - (row * run.Job.Length);
            run.Shared[run.StartOf(row, true) + point] = pairs[(run.RowOf(row) >> 1) + point];
        }

        Group.Barrier();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StagedPairs<T, TOrder> At(KnownRun<T> run, int point) =>
        new(new SharedPoints<T>(run.Shared, run.StartOf(run.Reader.Row, true) + point));
}
