using System.Numerics;

namespace Spectral.Kernels;

/// <summary>FFT lengths for convolutions.</summary>
public static class FftSize
{
    /// <summary>Circles up to here are transformed by matrices, whatever their length.</summary>
    private const int LongestMatrix = 64;

    /// <summary>An even circle may be longer by this part of the odd one.</summary>
    private const int LittleLonger = 32;

    /// <summary>FFT length of one axis of a convolution with one or two axes.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="policy">Shortest, or the original's.</param>
    /// <param name="dimensions">1 or 2; the original pads one-dimensional data more.</param>
    public static int Of(ConvAxis axis, FftSizePolicy policy, int dimensions)
    {
        if (policy == FftSizePolicy.Minimal)
            return NextFast(Exact(axis));
        var extra = Math.Max(axis.Extent, axis.DenseOutput) - 1;
        var padded = axis.Length + axis.PadBefore + axis.PadAfter;
        var wanted = dimensions == 1 ? padded + (2 * extra) : padded + extra;
        return (int)BitOperations.RoundUpToPowerOf2((uint)wanted);
    }

    /// <summary>
    /// Shortest circle that serves forward pass, input gradient and filter gradient exactly: the zeros
    /// before and after the data may share cells, and aliases fall where nothing is read.
    /// </summary>
    public static int Exact(ConvAxis axis) => Math.Max(
        axis.Length + Math.Max(axis.PadBefore, axis.PadAfter), Math.Max(axis.DenseOutput, axis.Extent));

    /// <summary>
    /// Smallest number from <paramref name="length"/> on that transforms are fast at: without a prime factor above 7,
    /// and even where fast transforms run and that makes it little longer, since those of real rows then take two
    /// samples for one point.
    /// </summary>
    public static int NextFast(int length)
    {
        var shortest = NextSmooth(length);
        if (shortest % 2 == 0 || shortest <= LongestMatrix)
            return shortest;
        var even = 2 * NextSmooth((shortest + 1) / 2);
        return even - shortest <= shortest / LittleLonger ? even : shortest;
    }

    /// <summary>Smallest number from <paramref name="length"/> on without a prime factor above 7.</summary>
    public static int NextSmooth(int length)
    {
        while (!IsSmooth(length))
            length++;
        return length;
    }

    /// <summary>Stored length of a real transform: bins 0 … S/2.</summary>
    public static int Half(int fftLength) => (fftLength / 2) + 1;

    private static bool IsSmooth(int n)
    {
        foreach (var prime in (ReadOnlySpan<int>)[2, 3, 5, 7])
            while (n % prime == 0)
                n /= prime;
        return n == 1;
    }
}
