using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>One launch that takes rows through a whole transform, in tiles.</summary>
internal sealed class FftTile<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Tiles in flight for each core: enough to even out the load, few enough to stay cached.</summary>
    private const int SlicesPerCore = 4;

    /// <summary>Elements that are moved in the time that a point takes (measured for 34 to 4096 points).</summary>
    private const double ElementsOfPoint = 2;

    /// <summary>Rows of a run of tiles: of floats they fill two cache lines.</summary>
    private const int RowsOfRun = 32;

    /// <summary>Points for each work-item of a block transform, about a butterfly; short rows share a group.</summary>
    private const int PointsOfItem = 8;

    private readonly ComputeDevice _device;
    private readonly FftMethod _method;
    private readonly FftTables _tables;
    private readonly FftJob<T> _job;
    private readonly LaunchShape _shape;
    private readonly BlockShape _block;
    private readonly KnownTile<T>? _known;
    private readonly int _lanes;

    /// <summary>Plans the launch.</summary>
    internal FftTile(ComputeDevice device, FftMethod method, FftJob<T> job, FftTables tables)
    {
        (_device, _method, _tables) = (device, method, tables);
        _job = job.With(tables);
        if (method == FftMethod.Lanes)
        {
            var items = LoopItems.For(device.Limits, ElementsOfPoint * job.Outer * job.Inner * job.Span, 0);
            _lanes = LanesOf(device, job, Math.Min(device.Limits.Cores, items));
            _job.Signs = Signs<T>.Known;
            _job.ImaginaryStep = _lanes;
            var tiles = (long)job.Outer * ((job.Inner + _lanes - 1) / _lanes);
            var workers = Math.Min(SlicesPerCore * device.Limits.Cores, items);
            _job.Run = (int)Math.Clamp(tiles / workers, 1, Math.Max(1, RowsOfRun / _lanes));
            _shape = LaunchShape.Strided(tiles, 1, workers);
            return;
        }

        if (method == FftMethod.Known)
        {
            _known = new KnownTile<T>(device, _job, tables);
            return;
        }

        _block = BlockShape.Of(
            job.Span, job.Inner, Math.Max(1, job.Span / PointsOfItem), DTypes.Of<T>(), device.Limits.MaxGroupSize);
        var blocks = (long)job.Outer * ((job.Inner + (1 << _block.LogRows) - 1) >> _block.LogRows);
        _shape = new LaunchShape((int)Math.Min(blocks, device.Limits.MaxGroups), _block.Group);
    }

    /// <summary>Reals of scratch.</summary>
    internal long WorkspaceLength =>
        _method == FftMethod.Lanes
            ? (long)LanesFftKernels.Numbers(_job.Span, _job.Run) * _lanes * _shape.Groups * _shape.GroupSize
            : 0;

    /// <summary>Queues the launch.</summary>
    internal void Run(ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<T> work)
    {
        var table = _tables.Values.ComplexView<T>();
        var stages = _tables.StageFieldsOnDevice.View<int>();
        var inPairs = _job.InPairs(StartsEven(x), StartsEven(y));
        if (_known is not null)
            _known.Run(x, y, bias, inPairs);
        else if (_method == FftMethod.Block)
            _device.Launch(
                _block.IsSmall ? BlockFftKernels.Small : BlockFftKernels.Large, _shape,
                x, y, bias, table, stages, inPairs, _block.LogRows, _block.Pitch);
        else if (_lanes == Lanes1<T>.Width)
            RunLanes(LanesFftKernels.Transform<Lanes1<T>, T>, x, y, bias, work, table, stages);
        else if (_lanes == Lanes8<T>.Width)
            RunLanes(LanesFftKernels.Transform<Lanes8<T>, T>, x, y, bias, work, table, stages);
        else
            RunLanes(LanesFftKernels.Transform<Lanes16<T>, T>, x, y, bias, work, table, stages);
    }

    /// <summary>Eight, or more where they fill a register and leave a tile for every core that takes part.</summary>
    private static int LanesOf(ComputeDevice device, FftJob<T> job, int cores)
    {
        if (device.Kind == DeviceKind.Cpu)
            return Lanes1<T>.Width;
        var register = RegisterLanes.One(DTypes.Of<T>());
        return register > Lanes8<T>.Width && (long)job.Outer * (job.Inner / register) >= cores
            ? register
            : Lanes8<T>.Width;
    }

    // Where the part of a buffer starts that a view shows.
    private static bool StartsEven<TView>(TView view) where TView : IContiguousArrayView => view.Index % 2 == 0;

    private void RunLanes(
        Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>,
            ArrayView<int>, FftJob<T>> kernel,
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<T> work, ArrayView<Complex<T>> table,
        ArrayView<int> stages)
    {
        var scratch = work.SubView(0, WorkspaceLength);
        _device.Launch(kernel, _shape, x, y, bias, scratch, scratch, table, stages, _job);
    }
}
