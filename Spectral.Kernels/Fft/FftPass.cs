using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// One batch of transforms, planned for a device: tables loaded, launches shaped. Runs as a single launch
/// when a tile holds the transform, else as a composition through scratch in global memory.
/// </summary>
internal sealed class FftPass<T>
    where T : unmanaged, INumber<T>
{
    private readonly ComputeDevice _device;
    private readonly FftTile<T>? _tile;
    private readonly ComposedFft<T>? _composed;

    /// <summary>Plans.</summary>
    /// <param name="device">Where it will run.</param>
    /// <param name="job">What; offsets of tables are filled in here.</param>
    /// <param name="forced">Name of a candidate, or null.</param>
    internal FftPass(ComputeDevice device, FftJob<T> job, string? forced)
    {
        _device = device;
        var type = DTypes.Of<T>();
        var shape = new FftShape(job.Length, job.Rows, type);
        var candidate = FftCandidates.List.Choose(device, shape, forced);
        Candidate = candidate.Name;
        Recipe = FftCandidates.Recipe(candidate.Run, shape);
        var core = FftCandidates.Core(Recipe);
        job.Convolution = Recipe is BluesteinRecipe ? core.Length : 0;
        Throw.Unless(4L * job.Rows * job.Span <= int.MaxValue, "fft", $"{shape}",
            $"at most {int.MaxValue / 4:N0} points in a call", "split the batch");
        var tables = FftTables.Get(device, new FftTableKey(
            Recipe, job.IsHalved ? job.RealLength : 0, job.IsHalved ? job.Length + 1 : 0, type, candidate.Run == FftMethod.Known));
        if (candidate.Run != FftMethod.Stages && core is StockhamRecipe)
            _tile = new FftTile<T>(device, candidate.Run, job, tables);
        else
            _composed = new ComposedFft<T>(device, candidate.Run, job, core, tables);
    }

    /// <summary>The recipe in use.</summary>
    internal FftRecipe Recipe { get; }

    /// <summary>Whether a tile holds the whole transform.</summary>
    internal bool IsSingleLaunch => _tile is not null;

    /// <summary>Name of the candidate in use.</summary>
    internal string Candidate { get; }

    /// <summary>Reals of scratch that a run wants.</summary>
    internal long WorkspaceLength => _tile?.WorkspaceLength ?? _composed!.WorkspaceLength;

    /// <summary>Queues the transforms with scratch from the device's pool.</summary>
    internal void Run(ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias)
    {
        using var work = new Workspace(_device, DTypes.Of<T>(), WorkspaceLength, "fft");
        Run(x, y, bias, work.Array.View<T>());
    }

    /// <summary>Queues the transforms.</summary>
    internal void Run(ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, ArrayView<T> work)
    {
        if (_tile is not null)
            _tile.Run(x, y, bias, work);
        else
            _composed!.Run(x, y, bias, work);
    }
}
