using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The launch of a kernel for a known length, which differs with what may be read and written in pairs.</summary>
internal sealed class KnownTile<T>
    where T : unmanaged, INumber<T>
{
    private readonly ComputeDevice _device;
    private readonly FftTables _tables;
    private readonly IReadOnlyList<int> _radices;
    private readonly KnownShape _shape;
    private readonly LaunchShape _launch;
    private readonly bool _isSmall;
    private readonly Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, KnownShape>?[] _kernels
        = new Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<Complex<T>>, FftJob<T>, KnownShape>[4];

    /// <summary>Plans the launch.</summary>
    internal KnownTile(ComputeDevice device, FftJob<T> job, FftTables tables)
    {
        (_device, _tables) = (device, tables);
        _radices = [.. tables.Stages.Select(stage => stage.Radix)];
        _shape = KnownShape.Of(
            _radices, job.Outer, job.Inner, KnownParts.ResultsOf(job),
            job.From.Inner < job.From.Point || job.To.Inner < job.To.Point, DTypes.Of<T>(), device.Limits.MaxGroupSize,
            out _launch, out _isSmall);
    }

    /// <summary>Queues the launch.</summary>
    internal void Run(ArrayView<T> x, ArrayView<T> y, ArrayView<T> bias, FftJob<T> job)
    {
        var kernel = _kernels[(job.ReadsPairs ? 2 : 0) + job.WritesPairs]
            ??= KnownFftKernels.Of<T>(KnownParts.Of(job, _radices), _isSmall);
        _device.Launch(kernel, _launch, x, y, bias, _tables.Values.ComplexView<T>(), job, _shape);
    }
}
