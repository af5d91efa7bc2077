using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Spectral.Kernels;

/// <summary>
/// Adjacent elements held in registers by one work-item: compilers for CPUs turn a struct of them into
/// vector instructions where they would not vectorise across work-items.
/// </summary>
internal interface ILanes<T, TSelf>
    where T : unmanaged, INumber<T>
    where TSelf : unmanaged, ILanes<T, TSelf>
{
    /// <summary>How many elements.</summary>
    static abstract int Width { get; }

    /// <summary>All zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>All the same.</summary>
    static abstract TSelf Fill(T value);

    /// <summary>sum + a·b, which becomes a fused multiply-add.</summary>
    static abstract TSelf Add(TSelf sum, T a, TSelf b);

    /// <summary>sum + a·b, lane by lane.</summary>
    static abstract TSelf Add(TSelf sum, TSelf a, TSelf b);

    /// <summary>sum − a·b, which becomes a fused multiply-add.</summary>
    static abstract TSelf Subtract(TSelf sum, T a, TSelf b);
}

/// <summary>
/// Memory access by lanes, at any element: a cast of the view would round the offset to whole lanes.
/// </summary>
internal static class Lanes
{
    /// <summary>The elements from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<T, TLanes>(ArrayView<T> view, int offset)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        Unsafe.As<T, TLanes>(ref view[offset]);

    /// <summary>The same with an index of 64 bits, which needs no extension in a loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<T, TLanes>(ArrayView<T> view, long offset)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        Unsafe.As<T, TLanes>(ref view[offset]);

    /// <summary>Writes the elements from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TLanes>(ArrayView<T> view, int offset, TLanes value)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        Unsafe.As<T, TLanes>(ref view[offset]) = value;

    /// <summary>
    /// Copies elements that lie a stride apart to where they are neighbours. Their number is no constant to
    /// compilers: of a constant one they would unroll the loop, take many such copies at once and scatter the
    /// elements one by one, at a fifth of the speed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gather<T>(ArrayView<T> from, int at, int stride, ArrayView<T> to, int offset, int count)
        where T : unmanaged
    {
        for (var lane = 0; lane < count; lane++)
            to[offset + lane] = from[at + (lane * stride)];
    }

    /// <summary>The same with an index of 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TLanes>(ArrayView<T> view, long offset, TLanes value)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes> =>
        Unsafe.As<T, TLanes>(ref view[offset]) = value;
}

/// <summary>
/// Four elements at once: sixteen-byte access, for which the address must be a multiple of their size, or some apart.
/// </summary>
internal static class Wide
{
    /// <summary>Four elements from an aligned offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4<T> Load<T>(ArrayView<T> view, int offset) where T : unmanaged, INumber<T> =>
        view.Cast<Lanes4<T>>().AsAligned(16)[offset / 4];

    /// <summary>Writes four elements from an aligned offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(ArrayView<T> view, int offset, Lanes4<T> value)
        where T : unmanaged, INumber<T> =>
        view.Cast<Lanes4<T>>().AsAligned(16)[offset / 4] = value;

    /// <summary>Writes four elements a distance apart, each by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter<T>(ArrayView<T> view, int offset, int distance, Lanes4<T> value)
        where T : unmanaged, INumber<T>
    {
        view[offset] = value.V0;
        view[offset + distance] = value.V1;
        view[offset + (2 * distance)] = value.V2;
        view[offset + (3 * distance)] = value.V3;
    }
}
