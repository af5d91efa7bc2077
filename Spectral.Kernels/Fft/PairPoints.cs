using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>
/// The points of a row of global memory, each a pair of neighbouring reals that one access reads; zero where there are
/// no samples.
/// </summary>
internal readonly struct PairPoints<T> : IFftSource<PointLane<T>, T> where T : unmanaged, INumber<T>
{
    private readonly ArrayView<ComplexLanes<PointLane<T>, T>> _pairs;
    private readonly int _start, _first, _last, _swap;

    /// <summary>A row of a job that <see cref="FftJob{T}.ReadsPairs"/>.</summary>
    internal PairPoints(ArrayView<T> x, FftJob<T> job, int outer, int inner)
    {
        _pairs = x.Cast<ComplexLanes<PointLane<T>, T>>();
        _first = job.FirstPair;
        _last = job.LastPair;
        _start = (((outer * job.From.Outer) + (inner * job.From.Inner)) >> 1) - _first;
        _swap = job.SwapIn;
    }

    public ComplexLanes<PointLane<T>, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // Always some pair, and no branches, so that several accesses are on their way at once.
            var exists = (uint)(index - _first) <= (uint)(_last - _first);
            var value = _pairs[_start + Math.Min(Math.Max(index, _first), _last)];
            var re = Utilities.Select(exists, value.Re.Value, T.Zero);
            var im = Utilities.Select(exists, value.Im.Value, T.Zero);
            return new(
                new(Utilities.Select(_swap != 0, im, re)), new(Utilities.Select(_swap != 0, re, im)));
        }
    }
}
