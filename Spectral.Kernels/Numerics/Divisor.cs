using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spectral.Kernels;

/// <summary>
/// Division of numbers from 0 to 2³¹−1 by one that stays the same, as a product and a shift: GPUs have no instruction
/// that divides integers, and take some twenty for it. With L = ⌈log₂ d⌉ and M = ⌈2^(31+L) / d⌉, which fits 32 bits,
/// n / d = ⌊n·M / 2^(31+L)⌋ (Granlund and Montgomery, PLDI 1994).
/// </summary>
/// <param name="Factor">M.</param>
/// <param name="Shift">31 + L.</param>
internal readonly record struct Divisor(uint Factor, int Shift)
{
    /// <summary>For a divisor of 1 and more.</summary>
    internal static Divisor Of(int divisor)
    {
        var shift = 31 + BitOperations.Log2((uint)divisor) + (BitOperations.IsPow2(divisor) ? 0 : 1);
        return new Divisor((uint)(((1UL << shift) + (uint)divisor - 1) / (uint)divisor), shift);
    }

    /// <summary>n over the divisor, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Quotient(int n) => (int)(((ulong)(uint)n * Factor) >> Shift);
}
