using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>Where the first stage of a kernel for a known length reads the points of a row, from some point on.</summary>
internal interface IRowSource<TSelf, T> : IFftSource<PointLane<T>, T> where T : unmanaged, INumber<T>
{
    /// <summary>What is to be done before points are read. Every work-item of a group calls it.</summary>
    static abstract void Prepare(KnownRun<T> run);

    /// <summary>The row of a work-item as reader, from a point on.</summary>
    static abstract TSelf At(KnownRun<T> run, int point);
}

/// <summary>Any points, one by one.</summary>
internal readonly struct AnyPoints<T> : IRowSource<AnyPoints<T>, T> where T : unmanaged, INumber<T>
{
    private readonly KnownRun<T> _run;
    private readonly int _inner, _point;

    private AnyPoints(KnownRun<T> run, int inner, int point) => (_run, _inner, _point) = (run, inner, point);

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => FftInput<PointLane<T>, T>.Load(_run.X, _run.Table, _run.Job, _run.Outer, _inner, 1, _point + index);
    }

    public static void Prepare(KnownRun<T> run)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AnyPoints<T> At(KnownRun<T> run, int point) => new(run, run.Existing(run.Reader.Row), point);
}
