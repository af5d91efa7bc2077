using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Which row of a group a work-item works on, and which of the row's items it is.</summary>
internal readonly struct RowItem(int row, int item)
{
    internal readonly int Row = row, Item = item;
}

/// <summary>
/// What the parts of a kernel for a known length share: the job, its data, the rows of the group and where these lie in
/// shared memory. Rows that do not exist go through the stages like others, as copies of the last: where some work-items
/// took no part, compilers might part them before a barrier, which PoCL's does.
/// </summary>
internal readonly struct KnownRun<T> where T : unmanaged, INumber<T>
{
    internal readonly ArrayView<T> X, Y, Bias;
    internal readonly ArrayView<Complex<T>> Table;
    internal readonly ArrayView<ComplexLanes<PointLane<T>, T>> Shared;
    internal readonly FftJob<T> Job;
    internal readonly KnownShape Shape;

    /// <summary>The outer row, the first inner one of the group, and how many follow it.</summary>
    internal readonly int Outer, First, Count;

    /// <summary>How the work-item reads rows and how it writes them.</summary>
    internal readonly RowItem Reader, Writer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal KnownRun(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<Complex<T>> table,
        ArrayView<ComplexLanes<PointLane<T>, T>> shared, FftJob<T> job, KnownShape shape, int items)
    {
        (X, Y, Bias, Table, Shared, Job, Shape) = (x, y, bias, table, shared, job, shape);
        Outer = shape.ByBlocks.Quotient(Grid.IdxX);
        First = (Grid.IdxX - (Outer * shape.Blocks)) << shape.LogRows;
        Count = job.Inner - First;

        // Neighbouring work-items take neighbours in memory: rows, or points of a row.
        var row = shape.ByItems.Quotient(Group.IdxX);
        var byPoints = new RowItem(row, Group.IdxX - (row * items));
        var byRows = new RowItem(Group.IdxX & ((1 << shape.LogRows) - 1), Group.IdxX >> shape.LogRows);
        Reader = job.From.Inner < job.From.Point ? byRows : byPoints;
        Writer = job.To.Inner < job.To.Point ? byRows : byPoints;
    }

    /// <summary>The inner row of a work-item, the last one where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Existing(int row) => First + Math.Min(row, Count - 1);

    /// <summary>Where a row of the group starts in x, the last one where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int RowOf(int row) => (Outer * Job.From.Outer) + (Existing(row) * Job.From.Inner);

    /// <summary>Where an inner row starts in y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int TargetOf(int inner) => (Outer * Job.To.Outer) + (inner * Job.To.Inner);

    /// <summary>What is added to samples of an inner row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T BiasOf(int inner) => Job.BiasLength > 0 ? Bias[inner % Job.BiasLength] : T.Zero;

    /// <summary>Where a row starts in one of the two halves of shared memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int StartOf(int row, bool inSecondHalf) =>
        (row * Shape.Pitch) + (inSecondHalf ? Shape.Pitch << Shape.LogRows : 0);
}

/// <summary>Points in shared memory from some place on.</summary>
internal readonly struct SharedPoints<T>(ArrayView<ComplexLanes<PointLane<T>, T>> view, int at)
    : IFftPoints<PointLane<T>, T>
    where T : unmanaged, INumber<T>
{
    // A view of its own, so that a constant index becomes part of an access.
    private readonly ArrayView<ComplexLanes<PointLane<T>, T>> _view = view.SubView(at);

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _view[index];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _view[index] = value;
    }
}

/// <summary>Twiddles of a butterfly that lie as many apart as there are different ones.</summary>
internal readonly struct KnownTurns<T>(ArrayView<Complex<T>> first, int groups) : ITurns<T>
    where T : unmanaged, INumber<T>
{
    private readonly ArrayView<Complex<T>> _first = first;
    private readonly int _groups = groups;

    public bool AreOne => _groups == 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Complex<T> Of(ArrayView<Complex<T>> table, int k) =>
        _groups == 1 ? new Complex<T>(T.One, T.Zero) : _first[(k - 1) * _groups];
}
