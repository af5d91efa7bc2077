using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Perfect shuffles: each moves one or two bits of an element's index from one end to the other, so that a few of them
/// transpose a matrix with as many rows as a register has lanes. Every one is a plain loop over whole memory, which
/// compilers turn into vector shuffles; loads or stores a row apart would be one at a time, and where the distance is
/// a power of two they would fight for the same sets of a cache. Sources and targets should be different parameters of
/// a kernel, also where they are the same memory: loops then need not fear that they overlap.
/// </summary>
internal static class Shuffle
{
    /// <summary>Elements of two runs by turns.</summary>
    internal static void Merge<T>(ArrayView<T> from, long a, long b, ArrayView<T> to, long at, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            // Both loads come first: stores with a load between them would not be joined.
            var one = from[a + i];
            var two = from[b + i];
            to[at + (2 * i)] = one;
            to[at + (2 * i) + 1] = two;
        }
    }

    /// <summary>Elements of three runs a distance apart by turns.</summary>
    internal static void MergeThree<T>(
        ArrayView<T> from, long first, long distance, ArrayView<T> to, long at, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            var one = from[first + i];
            var two = from[first + distance + i];
            var three = from[first + (2 * distance) + i];
            to[at + (3 * i)] = one;
            to[at + (3 * i) + 1] = two;
            to[at + (3 * i) + 2] = three;
        }
    }

    /// <summary>Elements of four runs a distance apart by turns.</summary>
    internal static void MergeFour<T>(
        ArrayView<T> from, long first, long distance, ArrayView<T> to, long at, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            var one = from[first + i];
            var two = from[first + distance + i];
            var three = from[first + (2 * distance) + i];
            var four = from[first + (3 * distance) + i];
            to[at + (4 * i)] = one;
            to[at + (4 * i) + 1] = two;
            to[at + (4 * i) + 2] = three;
            to[at + (4 * i) + 3] = four;
        }
    }

    /// <summary>Elements of five runs a distance apart by turns.</summary>
    internal static void MergeFive<T>(
        ArrayView<T> from, long first, long distance, ArrayView<T> to, long at, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            var one = from[first + i];
            var two = from[first + distance + i];
            var three = from[first + (2 * distance) + i];
            var four = from[first + (3 * distance) + i];
            var five = from[first + (4 * distance) + i];
            to[at + (5 * i)] = one;
            to[at + (5 * i) + 1] = two;
            to[at + (5 * i) + 2] = three;
            to[at + (5 * i) + 3] = four;
            to[at + (5 * i) + 4] = five;
        }
    }

    /// <summary>Elements by turns to two runs.</summary>
    internal static void Part<T>(ArrayView<T> from, long at, ArrayView<T> to, long a, long b, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            var one = from[at + (2 * i)];
            var two = from[at + (2 * i) + 1];
            to[a + i] = one;
            to[b + i] = two;
        }
    }

    /// <summary>Elements by turns to three runs a distance apart.</summary>
    internal static void PartThree<T>(
        ArrayView<T> from, long at, ArrayView<T> to, long first, long distance, long length)
        where T : unmanaged
    {
        for (var i = 0L; i < length; i++)
        {
            var one = from[at + (3 * i)];
            var two = from[at + (3 * i) + 1];
            var three = from[at + (3 * i) + 2];
            to[first + i] = one;
            to[first + distance + i] = two;
            to[first + (2 * distance) + i] = three;
        }
    }

    /// <summary>Elements by turns to four runs a distance apart, each with a number added.</summary>
    internal static void PartFour<T>(
        ArrayView<T> from, long at, ArrayView<T> to, long first, long distance, long length, Lanes4<T> added)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0L; i < length; i++)
        {
            var one = from[at + (4 * i)] + added.V0;
            var two = from[at + (4 * i) + 1] + added.V1;
            var three = from[at + (4 * i) + 2] + added.V2;
            var four = from[at + (4 * i) + 3] + added.V3;
            to[first + i] = one;
            to[first + distance + i] = two;
            to[first + (2 * distance) + i] = three;
            to[first + (3 * distance) + i] = four;
        }
    }
}
