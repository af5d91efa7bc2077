using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Eight numbers in scalar fields: element-wise operators on it are what an OpenCL compiler for CPUs
/// turns into vector instructions.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PointLanes8<T>(T v0, T v1, T v2, T v3, T v4, T v5, T v6, T v7) : IPointLanes<PointLanes8<T>, T>
    where T : unmanaged, INumber<T>
{
    public T V0 = v0;
    public T V1 = v1;
    public T V2 = v2;
    public T V3 = v3;
    public T V4 = v4;
    public T V5 = v5;
    public T V6 = v6;
    public T V7 = v7;

    public static int Count => 8;

    public static PointLanes8<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLanes8<T> operator +(PointLanes8<T> a, PointLanes8<T> b) => new(
        a.V0 + b.V0, a.V1 + b.V1, a.V2 + b.V2, a.V3 + b.V3,
        a.V4 + b.V4, a.V5 + b.V5, a.V6 + b.V6, a.V7 + b.V7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLanes8<T> operator -(PointLanes8<T> a, PointLanes8<T> b) => new(
        a.V0 - b.V0, a.V1 - b.V1, a.V2 - b.V2, a.V3 - b.V3,
        a.V4 - b.V4, a.V5 - b.V5, a.V6 - b.V6, a.V7 - b.V7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLanes8<T> operator *(PointLanes8<T> a, T b) => new(
        a.V0 * b, a.V1 * b, a.V2 * b, a.V3 * b, a.V4 * b, a.V5 * b, a.V6 * b, a.V7 * b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLanes8<T> operator *(PointLanes8<T> a, PointLanes8<T> b) => new(
        a.V0 * b.V0, a.V1 * b.V1, a.V2 * b.V2, a.V3 * b.V3,
        a.V4 * b.V4, a.V5 * b.V5, a.V6 * b.V6, a.V7 * b.V7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLanes8<T> GatherWrapped(ArrayView<T> x, int first, int length) => new(
        x[first % length], x[(first + 1) % length], x[(first + 2) % length], x[(first + 3) % length],
        x[(first + 4) % length], x[(first + 5) % length], x[(first + 6) % length],
        x[(first + 7) % length]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointLanes8<T> Gather(ArrayView<T> x, int first, int stride, int count)
    {
        if (count < 8)
        {
            var last = count - 1;
            return new PointLanes8<T>(
                x[first],
                x[first + (Math.Min(1, last) * stride)],
                x[first + (Math.Min(2, last) * stride)],
                x[first + (Math.Min(3, last) * stride)],
                x[first + (Math.Min(4, last) * stride)],
                x[first + (Math.Min(5, last) * stride)],
                x[first + (Math.Min(6, last) * stride)],
                x[first + (Math.Min(7, last) * stride)]);
        }

        // Written apart so that the compiler sees one contiguous load.
        if (stride == 1)
            return new PointLanes8<T>(
                x[first], x[first + 1], x[first + 2], x[first + 3],
                x[first + 4], x[first + 5], x[first + 6], x[first + 7]);
        return new PointLanes8<T>(
            x[first], x[first + stride], x[first + (2 * stride)], x[first + (3 * stride)],
            x[first + (4 * stride)], x[first + (5 * stride)], x[first + (6 * stride)],
            x[first + (7 * stride)]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(PointLanes8<T> value, ArrayView<T> y, int first, int stride, int count)
    {
        if (count == 8 && stride == 1)
        {
            y[first] = value.V0;
            y[first + 1] = value.V1;
            y[first + 2] = value.V2;
            y[first + 3] = value.V3;
            y[first + 4] = value.V4;
            y[first + 5] = value.V5;
            y[first + 6] = value.V6;
            y[first + 7] = value.V7;
            return;
        }

        y[first] = value.V0;
        if (count > 1)
            y[first + stride] = value.V1;
        if (count > 2)
            y[first + (2 * stride)] = value.V2;
        if (count > 3)
            y[first + (3 * stride)] = value.V3;
        if (count > 4)
            y[first + (4 * stride)] = value.V4;
        if (count > 5)
            y[first + (5 * stride)] = value.V5;
        if (count > 6)
            y[first + (6 * stride)] = value.V6;
        if (count > 7)
            y[first + (7 * stride)] = value.V7;
    }
}
