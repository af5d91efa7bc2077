using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Where the points of transforms are read.</summary>
internal interface IFftSource<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    ComplexLanes<TLanes, T> this[int index] { get; }
}

/// <summary>Where the points of transforms are written.</summary>
internal interface IFftTarget<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    ComplexLanes<TLanes, T> this[int index] { set; }
}

/// <summary>Where the points of transforms lie while they are worked on.</summary>
internal interface IFftPoints<TLanes, T> : IFftSource<TLanes, T>, IFftTarget<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    new ComplexLanes<TLanes, T> this[int index] { get; set; }
}

/// <summary>One after the other.</summary>
internal readonly struct DensePoints<TLanes, T>(ArrayView<ComplexLanes<TLanes, T>> view) : IFftPoints<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    private readonly ArrayView<ComplexLanes<TLanes, T>> _view = view;

    public ComplexLanes<TLanes, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _view[index];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _view[index] = value;
    }
}

/// <summary>
/// With a gap after every eight, so that the first stages, which write points a radix apart, spread over the banks of
/// shared memory.
/// </summary>
internal readonly struct SpreadPoints<TLanes, T>(ArrayView<ComplexLanes<TLanes, T>> view) : IFftPoints<TLanes, T>
    where TLanes : unmanaged, IPointLanes<TLanes, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Points without a gap.</summary>
    internal const int Run = 1 << LogRun;

    // By a shift: a compiler that does not know the sign of an index takes four instructions to divide it by eight.
    private const int LogRun = 3;

    private readonly ArrayView<ComplexLanes<TLanes, T>> _view = view;

    public ComplexLanes<TLanes, T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _view[index + (index >> LogRun)];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _view[index + (index >> LogRun)] = value;
    }

    /// <summary>Places that so many points take.</summary>
    internal static int Places(int points) => points + (points >> LogRun);
}
