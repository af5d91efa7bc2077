using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// A low-pass of a row by all work-items of a group, as a correlation of its <see cref="DirichletTable"/> with the row
/// read backwards: each work-item makes four outputs of a share of the inputs, whose sums are then added in order.
/// </summary>
internal static class DirichletSums
{
    /// <summary>Outputs from one on; barriers before and after, so that shared memory is free.</summary>
    /// <param name="x">Holds the row.</param>
    /// <param name="row">Its first sample.</param>
    /// <param name="table">The table.</param>
    /// <param name="first">First output.</param>
    /// <param name="inputs">Shared: as many fours as the depth has.</param>
    /// <param name="window">Shared: those and as many as there are outputs.</param>
    /// <param name="sums">Shared, left with the results of each share, one share's after the other's.</param>
    /// <param name="g">How the work is dealt out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add<T>(
        ArrayView<T> x, int row, ArrayView<T> table, int first, ArrayView<Lanes4<T>> inputs,
        ArrayView<Lanes4<T>> window, ArrayView<Lanes4<T>> sums, DirichletArguments g)
        where T : unmanaged, INumber<T>
    {
        var share = g.ByQuads.Quotient(Group.IdxX);
        var quad = Group.IdxX - (share * g.Quads);
        var (ofInputs, ofWindow) = (inputs.Cast<T>(), window.Cast<T>());
        var sum = Lanes4<T>.Zero;
        for (var from = 0; from < g.Inputs; from += g.Depth)
        {
            for (var i = Group.IdxX; i < g.Depth; i += Group.DimX)
                ofInputs[i] = ZeroPadded.Load(x, row, g.Inputs - 1 - from - i, g.Inputs);
            for (var i = Group.IdxX; i < g.Depth + (4 * g.Quads); i += Group.DimX)
                ofWindow[i] = ZeroPadded.Load(table, 0, first + from + i, g.Table);
            Group.Barrier();
            if (share < g.Shares)
            {
                var at = share * g.Part / 4;
                var low = window[quad + at];
                for (var end = at + (g.Part / 4); at < end; at++)
                {
                    var high = window[quad + at + 1];
                    sum = Correlation.Add(sum, inputs[at], low, high);
                    low = high;
                }
            }

            Group.Barrier();
        }

        if (share < g.Shares)
            sums[(share * g.Quads) + quad] = sum;
        Group.Barrier();
    }

    /// <summary>An output from those sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Output<T>(ArrayView<Lanes4<T>> sums, int output, DirichletArguments g)
        where T : unmanaged, INumber<T>
    {
        var parts = sums.Cast<T>();
        var sum = T.Zero;
        for (var share = 0; share < g.Shares; share++)
            sum += parts[(share * 4 * g.Quads) + output];
        return sum;
    }
}
