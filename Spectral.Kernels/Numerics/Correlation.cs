using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>Correlations of rows, four results and four taps at a time, in registers.</summary>
internal static class Correlation
{
    /// <summary>
    /// sum[i] + Σ_j taps[j]·row[i + j] with i and j from 0 to 3: sixteen products of eight elements of the row, of which
    /// the last is not needed.
    /// </summary>
    /// <param name="sum">Four results.</param>
    /// <param name="taps">Four taps.</param>
    /// <param name="low">Elements of the row from the first result's on.</param>
    /// <param name="high">The next four.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes4<T> Add<T>(Lanes4<T> sum, Lanes4<T> taps, Lanes4<T> low, Lanes4<T> high)
        where T : unmanaged, INumber<T>
    {
        sum = Lanes4<T>.Add(sum, taps.V0, low);
        sum = Lanes4<T>.Add(sum, taps.V1, Of(low.V1, low.V2, low.V3, high.V0));
        sum = Lanes4<T>.Add(sum, taps.V2, Of(low.V2, low.V3, high.V0, high.V1));
        return Lanes4<T>.Add(sum, taps.V3, Of(low.V3, high.V0, high.V1, high.V2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4<T> Of<T>(T v0, T v1, T v2, T v3) where T : unmanaged, INumber<T>
    {
        Lanes4<T> four;
        (four.V0, four.V1, four.V2, four.V3) = (v0, v1, v2, v3);
        return four;
    }
}
