using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// What the tiles of a real product end with: C = alpha·sum + bias (+ C), four columns at once where it can.
/// </summary>
internal static class GemmEpilogue
{
    /// <summary>What the bias adds to a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T OfRow<T>(ArrayView<T> bias, GemmArguments g, int row) where T : unmanaged, INumber<T>
    {
        var added = T.Zero;
        if (g.Bias == 2)
            added = bias[row % g.BiasLength];
        return added;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Finish<T>(
        ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g, int index, int column, T added,
        Lanes4<T> sum)
        where T : unmanaged, INumber<T>
    {
        var left = g.P - column;
        if (left >= 4 && g.Bias != 1 && g.Accumulate == 0 && ((g.CStart | g.CBatch | g.CRow) & 3) == 0)
        {
            Wide.Store(c, index, Lanes4<T>.Add(Lanes4<T>.Fill(added), alpha, sum));
            return;
        }

        if (left > 0)
            Finish(c, bias, alpha, g, index, column, added, sum.V0);
        if (left > 1)
            Finish(c, bias, alpha, g, index + 1, column + 1, added, sum.V1);
        if (left > 2)
            Finish(c, bias, alpha, g, index + 2, column + 2, added, sum.V2);
        if (left > 3)
            Finish(c, bias, alpha, g, index + 3, column + 3, added, sum.V3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<T>(
        ArrayView<T> c, ArrayView<T> bias, T alpha, GemmArguments g, int index, int column, T added, T sum)
        where T : unmanaged, INumber<T>
    {
        var start = added;
        if (g.Accumulate != 0)
            start += c[index];
        if (g.Bias == 1)
            start += bias[column];
        c[index] = start + (alpha * sum);
    }
}
