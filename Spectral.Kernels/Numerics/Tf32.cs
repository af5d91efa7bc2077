using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// A float as the sum of two numbers of 11 significant bits, which is what tensor cores take (TF32). Three
/// products of such parts, big·big + big·small + small·big, leave out 2^-20 of a product of floats, where a
/// float itself is known to 2^-24. The same code runs in kernels and on the host, where tests measure it.
/// </summary>
internal static class Tf32
{
    private const uint Kept = 0xFFFFE000;

    /// <summary>Half of the last digit that is kept of one.</summary>
    private const float Half = 1f / 2048;

    /// <summary>
    /// A number of 11 significant bits no further from x than 2^-11 of it (and the rounding of a float). What
    /// is no number stays none, for which adding to the bits would not do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Round(float x) => Cut(x * (1 + Half));

    /// <summary>What rounding left out, cut to 11 significant bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Rest(float x, float rounded) => Cut(x - rounded);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Cut(float x) => Interop.IntAsFloat(Interop.FloatAsInt(x) & Kept);
}
