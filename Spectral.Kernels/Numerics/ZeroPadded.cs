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
}
