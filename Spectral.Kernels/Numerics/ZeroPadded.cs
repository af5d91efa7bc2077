using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Util;

namespace Spectral.Kernels;

/// <summary>Samples of a row that has zeros on both sides.</summary>
internal static class ZeroPadded
{
    /// <summary>
    /// Element i of a row of some length, zero where there is none; always some access, and no branches, so that several
    /// are on their way at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Load<T>(ArrayView<T> x, int row, int i, int length) where T : unmanaged, INumber<T> =>
        Utilities.Select((uint)i < (uint)length, x[row + Math.Min(Math.Max(i, 0), length - 1)], T.Zero);

    /// <summary>Element i and three more, each some distance behind the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes4<T> Four<T>(ArrayView<T> x, int row, int i, int distance, int length)
        where T : unmanaged, INumber<T>
    {
        Lanes4<T> four;
        four.V0 = Load(x, row, i, length);
        four.V1 = Load(x, row, i + distance, length);
        four.V2 = Load(x, row, i + (2 * distance), length);
        four.V3 = Load(x, row, i + (3 * distance), length);
        return four;
    }
}
