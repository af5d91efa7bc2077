using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>A single number as <see cref="IPointLanes{TSelf, T}"/>.</summary>
internal struct PointLane<T>(T value) : IPointLanes<PointLane<T>, T>
    where T : unmanaged, INumber<T>
{
    public T Value = value;

    public static int Count => 1;

    public static PointLane<T> Zero => new(T.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLane<T> operator +(PointLane<T> a, PointLane<T> b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLane<T> operator -(PointLane<T> a, PointLane<T> b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLane<T> operator *(PointLane<T> a, T b) => new(a.Value * b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLane<T> operator *(PointLane<T> a, PointLane<T> b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLane<T> GatherWrapped(ArrayView<T> x, int first, int length) => new(x[first % length]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLane<T> Gather(ArrayView<T> x, int first, int stride, int count) => new(x[first]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(PointLane<T> value, ArrayView<T> y, int first, int stride, int count) =>
        y[first] = value.Value;
}
