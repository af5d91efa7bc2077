using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>A single number as <see cref="ILanes{TSelf, T}"/>.</summary>
internal struct Lane1<T>(T value) : ILanes<Lane1<T>, T>
    where T : unmanaged, INumber<T>
{
    public T Value = value;

    public static int Count => 1;

    public static Lane1<T> Zero => new(T.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator +(Lane1<T> a, Lane1<T> b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator -(Lane1<T> a, Lane1<T> b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator *(Lane1<T> a, T b) => new(a.Value * b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator *(Lane1<T> a, Lane1<T> b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> GatherWrapped(ArrayView<T> x, int first, int length) => new(x[first % length]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Gather(ArrayView<T> x, int first, int stride, int count) => new(x[first]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Lane1<T> value, ArrayView<T> y, int first, int stride, int count) =>
        y[first] = value.Value;
}
