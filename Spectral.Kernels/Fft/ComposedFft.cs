using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// A transform in several launches: points are loaded to scratch [rows][span], taken through the stages
/// one launch each or through the two passes of a four-step, and stored. Where the four-step's own ports
/// can read x or write y, the extra launch is saved.
/// </summary>
internal sealed class ComposedFft<T>
    where T : unmanaged, INumber<T>
{
    private readonly ComputeDevice _device;
    private readonly FftJob<T> _job;
    private readonly FftTables _tables;
    private readonly FftTile<T>? _columns, _rows;
    private readonly bool _loads = true, _stores = true;

    /// <summary>Plans.</summary>
    internal ComposedFft(
        ComputeDevice device, FftMethod method, FftJob<T> job, FftRecipe core, FftTables tables)
    {
        (_device, _job, _tables) = (device, job.With(tables), tables);
        if (method == FftMethod.Stages || core is not FourStepRecipe recipe)
            return;
        _loads = job.Input != (int)FftPort.Complex || job.Convolution > 0;
        _stores = job.Output != (int)FftPort.Complex || job.Convolution > 0;
        _columns = new FftTile<T>(device, method, ColumnJob(recipe), TablesOf(recipe.Columns, core.Length, method));
        _rows = new FftTile<T>(device, method, RowJob(recipe), TablesOf(recipe.Rows, 0, method));
    }

    /// <summary>Reals of scratch: two copies of the points, and what the passes want.</summary>
    internal long WorkspaceLength => Tiles + (2 * Half);

    /// <summary>
    /// Scratch of the passes. It lies first, because a view cast to wide vectors must start at a multiple
    /// of them: the cast would round its offset down.
    /// </summary>
    private long Tiles => Math.Max(_columns?.WorkspaceLength ?? 0, _rows?.WorkspaceLength ?? 0);

    private long Half => 2L * _job.Rows * _job.Span;

    /// <summary>Queues the launches.</summary>
    internal void Run(ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<T> work)
    {
        var table = _tables.Values.ComplexView<T>();
        var data = work.SubView(Tiles, 2 * Half).Cast<ComplexLanes<PointLane<T>, T>>();
        var points = _job.Rows * _job.Span;
        var elements = _device.Limits.Elements(points);
        if (_loads)
            _device.Launch(StageFftKernels.Load, elements, x, data.SubView(0, points), table, _job);
        var from = Core(x, y, work, data, table, 0);
        if (_job.Convolution > 0)
        {
            _device.Launch(
                StageFftKernels.Convolve, elements, data.SubView(from, points), table, _job);
            from = Core(x, y, work, data, table, from);
        }

        if (_stores)
            _device.Launch(
                StageFftKernels.Store, _device.Limits.Elements((long)_job.Rows * _job.Results),
                data.SubView(from, points), y, bias, table, _job);
    }

    /// <summary>Transforms the points at an offset; returns where they are then.</summary>
    private int Core(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> work, ArrayView<ComplexLanes<PointLane<T>, T>> data,
        ArrayView<Complex<T>> table, int from)
    {
        var points = _job.Rows * _job.Span;
        if (_columns is not null && _rows is not null)
        {
            var a = work.SubView(Tiles + (2L * from), Half);
            var b = work.SubView(Tiles + Half - (2L * from), Half);
            _columns.Run(_loads ? a : x, b, b, work);
            _rows.Run(b, _stores ? a : y, b, work);
            return from;
        }

        foreach (var stage in _tables.Stages)
        {
            var butterflies = (long)_job.Rows * stage.Groups * stage.Stride;
            _device.Launch(
                StageFftKernels.Stage, _device.Limits.Elements(butterflies),
                data, from, points - from, table, stage, _job.Span, _job.Rows);
            from = points - from;
        }

        return from;
    }

    private FftTables TablesOf(FftRecipe recipe, int roots, FftMethod method) =>
        FftTables.Get(_device, new FftTableKey(recipe, roots, roots, DTypes.Of<T>(), method == FftMethod.Known));

    /// <summary>Every column of every row's matrix, times the roots between the passes.</summary>
    private FftJob<T> ColumnJob(FourStepRecipe recipe)
    {
        var (columns, rows, all) = (recipe.Columns.Length, recipe.Rows.Length, 2 * recipe.Length);
        var strides = new FftStrides(all, 2, 2 * rows, 1);
        return new FftJob<T>
        {
            Outer = _job.Rows,
            Inner = rows,
            Length = columns,
            Results = columns,
            Input = (int)FftPort.Complex,
            Output = (int)FftPort.Twiddled,
            SwapIn = _loads ? 0 : _job.SwapIn,
            From = _loads ? strides : strides with { Outer = _job.From.Inner },
            To = strides,
            Scale = T.One,
        };
    }

    /// <summary>Every row of every row's matrix, written transposed.</summary>
    private FftJob<T> RowJob(FourStepRecipe recipe)
    {
        var (columns, rows, all) = (recipe.Columns.Length, recipe.Rows.Length, 2 * recipe.Length);
        return new FftJob<T>
        {
            Outer = _job.Rows,
            Inner = columns,
            Length = rows,
            Results = rows,
            Input = (int)FftPort.Complex,
            Output = (int)FftPort.Complex,
            SwapOut = _stores ? 0 : _job.SwapOut,
            From = new FftStrides(all, 2 * rows, 2, 1),
            To = new FftStrides(_stores ? all : _job.To.Inner, 2, 2 * columns, 1),
            Scale = _stores ? T.One : _job.Scale,
        };
    }
}
