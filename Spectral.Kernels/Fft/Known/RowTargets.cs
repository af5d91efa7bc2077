using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>Where a stage of a kernel for a known length writes, from the first result of a butterfly on.</summary>
internal interface IRowTarget<TSelf, T> : IFftTarget<PointLane<T>, T> where T : unmanaged, INumber<T>
{
    /// <summary>From the first result of a butterfly on.</summary>
    /// <param name="run">What is done.</param>
    /// <param name="item">Which row.</param>
    /// <param name="inSecondHalf">Half of shared memory.</param>
    /// <param name="b">Which butterfly.</param>
    static abstract TSelf At(KnownRun<T> run, RowItem item, bool inSecondHalf, int b);
}

/// <summary>Shared memory.</summary>
internal readonly struct InShared<T> : IRowTarget<InShared<T>, T> where T : unmanaged, INumber<T>
{
    private readonly SharedPoints<T> _points;

    private InShared(SharedPoints<T> points) => _points = points;

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            var points = _points;
            points[index] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InShared<T> At(KnownRun<T> run, RowItem item, bool inSecondHalf, int b) =>
        new(new SharedPoints<T>(run.Shared, run.StartOf(item.Row, inSecondHalf) + b));
}

/// <summary>
/// Global memory, where a last stage writes complex results, or pairs of samples, in one access each: no results beyond those
/// wanted, nor of rows that do not exist. For jobs that <see cref="FftJob{T}.WritesPairs"/>.
/// </summary>
internal readonly struct ToPairs<T, TOrder> : IRowTarget<ToPairs<T, TOrder>, T>
    where T : unmanaged, INumber<T>
    where TOrder : struct, IPartOrder
{
    private readonly ArrayView<ComplexLanes<PointLane<T>, T>> _pairs;
    private readonly int _row, _step, _first, _count;
    private readonly T _scale;
    private readonly PointLane<T> _bias;

    private ToPairs(KnownRun<T> run, int inner, int count, int point, PointLane<T> bias)
    {
        var job = run.Job;
        var isCircle = job.Output == (int)FftPort.Circle;
        _pairs = run.Y.Cast<ComplexLanes<PointLane<T>, T>>();
        _row = run.TargetOf(inner) >> 1;
        _step = isCircle ? 1 : job.To.Point >> 1;
        _first = point - (isCircle ? job.Start >> 1 : 0);
        (_count, _scale, _bias) = (count, job.Scale, bias);
    }

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            var result = _first + index;
            if ((uint)result < (uint)_count)
            {
                var pairs = _pairs;
                pairs[_row + (result * _step)] = TOrder.Of(
                    new ComplexLanes<PointLane<T>, T>((value.Re * _scale) + _bias, (value.Im * _scale) + _bias));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ToPairs<T, TOrder> At(KnownRun<T> run, RowItem item, bool inSecondHalf, int b)
    {
        var inner = run.Existing(item.Row);
        var results = run.Job.Output == (int)FftPort.Circle ? run.Job.Results >> 1 : run.Job.Results;
        return new(run, inner, Utilities.Select(item.Row < run.Count, results, 0), b, new(run.BiasOf(inner)));
    }
}

/// <summary>Global memory, for complex results whose parts lie apart.</summary>
internal readonly struct ToPlanes<T, TPoints, TOrder> : IRowTarget<ToPlanes<T, TPoints, TOrder>, T>
    where T : unmanaged, INumber<T>
    where TPoints : struct, IPointOrder
    where TOrder : struct, IPartOrder
{
    private readonly KnownRun<T> _run;
    private readonly int _row, _count, _point;

    private ToPlanes(KnownRun<T> run, int row, int count, int point) =>
        (_run, _row, _count, _point) = (run, row, count, point);

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            var result = TPoints.IndexOf(_run.Job, _point + index);
            if ((uint)result < (uint)_count)
            {
                var at = _row + (result * _run.Job.To.Point);
                var scaled = TOrder.Of(value) * _run.Job.Scale;
                var y = _run.Y;
                y[at] = scaled.Re.Value;
                y[at + _run.Job.To.Imaginary] = scaled.Im.Value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ToPlanes<T, TPoints, TOrder> At(KnownRun<T> run, RowItem item, bool inSecondHalf, int b) => new(
        run, run.TargetOf(run.Existing(item.Row)),
        Utilities.Select(item.Row < run.Count, run.Job.Results, 0), b);
}

/// <summary>Global memory, for samples of a real signal that follow each other, in memory and on the circle.</summary>
internal readonly struct ToReals<T, TSamples, TOrder> : IRowTarget<ToReals<T, TSamples, TOrder>, T>
    where T : unmanaged, INumber<T>
    where TSamples : struct, ISamplesOfPoint
    where TOrder : struct, IPartOrder
{
    private readonly ArrayView<T> _y;
    private readonly int _row, _first, _count;
    private readonly T _scale, _bias;

    private ToReals(ArrayView<T> y, int row, int first, int count, T scale, T bias)
    {
        (_y, _row, _first) = (y, row, first);
        (_count, _scale, _bias) = (count, scale, bias);
    }

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            var y = _y;
            var ordered = TOrder.Of(value);
            var sample = _first + (TSamples.AreTwo ? 2 * index : index);
            if ((uint)sample < (uint)_count)
                y[_row + sample] = (ordered.Re.Value * _scale) + _bias;
            if (TSamples.AreTwo && (uint)(sample + 1) < (uint)_count)
                y[_row + sample + 1] = (ordered.Im.Value * _scale) + _bias;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ToReals<T, TSamples, TOrder> At(KnownRun<T> run, RowItem item, bool inSecondHalf, int b)
    {
        var inner = run.Existing(item.Row);
        return new(
            run.Y, run.TargetOf(inner),
            (TSamples.AreTwo ? 2 * b : b) - run.Job.Start, Utilities.Select(item.Row < run.Count, run.Job.Results, 0),
            run.Job.Scale, run.BiasOf(inner));
    }
}
