using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// One or more numbers that are worked on together: a single one on a GPU, a vector register's worth on
/// a CPU. Kernels generic over it serve both.
/// </summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface IPointLanes<TSelf, T>
    where TSelf : unmanaged, IPointLanes<TSelf, T>
    where T : unmanaged, INumber<T>
{
    /// <summary>How many numbers.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, T b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>
    /// Lane l is x[first + l·stride]; lanes from <paramref name="count"/> on repeat the last that is valid.
    /// </summary>
    static abstract TSelf Gather(ArrayView<T> x, int first, int stride, int count);

    /// <summary>Lane l is x[(first + l) mod length].</summary>
    static abstract TSelf GatherWrapped(ArrayView<T> x, int first, int length);

    /// <summary>y[first + l·stride] = lane l, for l below <paramref name="count"/>.</summary>
    static abstract void Scatter(TSelf value, ArrayView<T> y, int first, int stride, int count);
}
