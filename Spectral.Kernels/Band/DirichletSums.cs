using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// A low-pass of a row by all work-items of a group, as a correlation of its <see cref="DirichletTable"/> with the row
/// read backwards: each work-item makes eight outputs of a share of the inputs, and the shares are added in order.
/// </summary>
internal static class DirichletSums
{
    /// <summary>The shares of outputs from one on, behind a barrier; before it shared memory must be free.</summary>
    /// <param name="x">Holds the row.</param>
    /// <param name="row">Its first sample.</param>
    /// <param name="table">The table.</param>
    /// <param name="first">First output.</param>
    /// <param name="scratch">
    /// Shared: twice the inputs held and as many elements as there are outputs, or eight for each work-item. Left with one
    /// share after the other.
    /// </param>
    /// <param name="g">How the work is dealt out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add<T>(
        ArrayView<T> x, int row, ArrayView<T> table, int first, ArrayView<Lanes4<T>> scratch, DirichletArguments g)
        where T : unmanaged, INumber<T>
    {
        var share = g.ByEights.Quotient(Group.IdxX);
        var eight = Group.IdxX - (share * g.Eights);
        var numbers = scratch.Cast<T>();
        var (a, b) = (Lanes4<T>.Zero, Lanes4<T>.Zero);
        for (var from = 0; from < g.Inputs; from += g.Depth)
        {
            // Four of both on their way at once.
            for (var i = Group.IdxX; i < g.Depth + (8 * g.Eights); i += 4 * Group.DimX)
            {
                var last = g.Inputs - 1 - from - i;
                var ofRow = ZeroPadded.Four(x, row, last, -Group.DimX, g.Inputs);
                var ofTable = ZeroPadded.Four(table, 0, first + from + i, Group.DimX, table.IntLength);
                Put(numbers, 0, i, g.Depth, ofRow);
                Put(numbers, g.Depth, i, g.Depth + (8 * g.Eights), ofTable);
            }

            Group.Barrier();
            if (share < g.Shares)
            {
                var at = share * g.Fours;
                (a, b) = Correlation.Eight(a, b, scratch, (g.Depth / 4) + (2 * eight) + at, scratch, at, g.Fours);
            }

            Group.Barrier();
        }

        if (share < g.Shares)
        {
            var at = 2 * ((share * g.Eights) + eight);
            scratch[at] = a;
            scratch[at + 1] = b;
        }

        Group.Barrier();
    }

    /// <summary>An output from those shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Output<T>(ArrayView<Lanes4<T>> scratch, int output, DirichletArguments g)
        where T : unmanaged, INumber<T>
    {
        var numbers = scratch.Cast<T>();
        var sum = T.Zero;
        for (var share = 0; share < g.Shares; share++)
            sum += numbers[(share * 8 * g.Eights) + output];
        return sum;
    }

    /// <summary>Puts elements i and every group size after it of so many behind an offset, as far as there are any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ArrayView<T> numbers, int start, int i, int count, Lanes4<T> four)
        where T : unmanaged, INumber<T>
    {
        if (i < count)
            numbers[start + i] = four.V0;
        if (i + Group.DimX < count)
            numbers[start + i + Group.DimX] = four.V1;
        if (i + (2 * Group.DimX) < count)
            numbers[start + i + (2 * Group.DimX)] = four.V2;
        if (i + (3 * Group.DimX) < count)
            numbers[start + i + (3 * Group.DimX)] = four.V3;
    }
}
