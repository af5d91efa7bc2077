using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The steps of a <see cref="FoldedAxis"/> in lanes: pairs of samples, products, samples again.</summary>
internal static class FoldedLanes
{
    /// <summary>
    /// Three rows of the matrix for sums and three of the one for differences, <paramref name="odd"/> elements later,
    /// times two blocks each: tiles [even, odd][block][row]. In one loop, since compilers take seconds for each
    /// product in the code.
    /// </summary>
    internal static void Multiply<T, TLanes>(
        ArrayView<T> matrix, int row, int odd, ArrayView<T> scratch, int from, int half, int block, int step, int count,
        int to)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var rows = PairTile<T, TLanes>.Rows * TLanes.Width;
        for (var part = 0; part < 2; part++)
        {
            var (a, tile) = (from + (part * half), to + (2 * part * rows));
            PairTile<T, TLanes>.Store(
                scratch, tile, tile + rows, TLanes.Width,
                PairTile<T, TLanes>.Add(
                    PairTile<T, TLanes>.Zero, matrix, row + (part * odd), scratch, a, a + block, step, count));
        }
    }

    /// <summary>Sums and differences of the samples of each pair, or each sample for both.</summary>
    internal static void Fold<T, TLanes>(
        ArrayView<T> scratch, int from, int step, int length, int terms, int isFolded, int even, int odd, int pitch)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var weight = T.Zero;
        if (isFolded != 0)
            weight = T.One;
        for (var i = 0; i < terms; i++)
        {
            var sample = Lanes.Load<T, TLanes>(scratch, from + (i * step));
            var mirrored = Lanes.Load<T, TLanes>(scratch, from + ((length - 1 - i) * step));
            Lanes.Store(scratch, even + (i * pitch), TLanes.Add(sample, weight, mirrored));
            Lanes.Store(scratch, odd + (i * pitch), TLanes.Subtract(sample, weight, mirrored));
        }
    }

    /// <summary>
    /// Three samples of two blocks, a pitch apart, from tiles of their even and odd parts, and the three that mirror
    /// them.
    /// </summary>
    internal static void Unfold<T, TLanes>(
        ArrayView<T> scratch, int tiles, int to, int block, int pitch, int first, int terms, int length, int isFolded)
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>
    {
        var count = Math.Min(PairTile<T, TLanes>.Rows, terms - first);
        for (var i = 0; i < 2 * count; i++)
        {
            var (part, term) = (i / count, first + (i % count));
            var at = tiles + (((part * PairTile<T, TLanes>.Rows) + term - first) * TLanes.Width);
            var even = Lanes.Load<T, TLanes>(scratch, at);
            var odd = Lanes.Load<T, TLanes>(scratch, at + (2 * PairTile<T, TLanes>.Rows * TLanes.Width));
            Lanes.Store(scratch, to + (part * block) + (term * pitch), TLanes.Add(even, T.One, odd));
            if (isFolded != 0)
                Lanes.Store(
                    scratch, to + (part * block) + ((length - 1 - term) * pitch), TLanes.Subtract(even, T.One, odd));
        }
    }
}
