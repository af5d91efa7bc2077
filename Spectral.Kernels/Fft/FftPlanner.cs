namespace Spectral.Kernels;

/// <summary>Chooses the recipe of a length: arithmetic only, nothing is run.</summary>
public static class FftPlanner
{
    /// <summary>
    /// Longest transform: two powers above 2^20, which the convolution of Bluestein's algorithm needs.
    /// </summary>
    public const int MaxLength = 1 << 20;

    /// <summary>
    /// Primes up to here get a butterfly by definition. Its p² products stay below the two transforms of
    /// more than twice the length that Bluestein's algorithm needs, and its rounding below the contract.
    /// </summary>
    public const int LargestDirectPrime = 31;

    /// <summary>The recipe of a length.</summary>
    /// <param name="n">Complex points, 1 to <see cref="MaxLength"/>.</param>
    /// <param name="tile">Longest transform that one work-item or one group holds.</param>
    /// <exception cref="InvalidInputException">The length is not supported.</exception>
    public static FftRecipe Plan(int n, int tile)
    {
        Throw.Unless(n is >= 1 and <= MaxLength, "fft", $"length {n}", $"1 to {MaxLength}",
            "split the transform or shorten the signal");
        return Choose(n, tile);
    }

    private static FftRecipe Choose(int n, int tile)
    {
        if (Radices(n) is not { } radices)
            return new BluesteinRecipe(n, Choose(ConvolutionLength(n), tile));
        if (n <= tile)
            return new StockhamRecipe(radices);
        if (Split(n, tile) is { } columns)
            return new FourStepRecipe(
                new StockhamRecipe(Radices(columns)!), new StockhamRecipe(Radices(n / columns)!));
        return new StockhamRecipe(radices);
    }

    /// <summary>
    /// The radices of a length, or null if a prime factor is too large. Large radices come last, where
    /// the stage has no twiddles; twos are gathered to eights and fours.
    /// </summary>
    internal static List<int>? Radices(int n)
    {
        List<int> radices = [];
        var twos = int.TrailingZeroCount(n);
        n >>= twos;
        while (twos >= 3 && twos != 4)
        {
            radices.Add(8);
            twos -= 3;
        }

        while (twos >= 2)
        {
            radices.Add(4);
            twos -= 2;
        }

        if (twos == 1)
            radices.Add(2);
        for (var p = 3; p <= LargestDirectPrime; p += 2)
            for (; n % p == 0; n /= p)
                radices.Add(p);
        return n == 1 ? radices : null;
    }

    /// <summary>
    /// How many times as long as for the best lengths a cell of a real row of length n takes on a GPU: an odd length is
    /// not halved and read point by point, and with a prime above 17 there is no kernel for the length.
    /// </summary>
    internal static int SlownessOnGpu(int n) => (n % 2 == 1 ? 3 : 1) * SlownessOfLargePrimes(n);

    /// <summary>The part of it that comes from the primes of n.</summary>
    internal static int SlownessOfLargePrimes(int n) => KnownRadices.Of(n % 2 == 1 ? n : n / 2) is null ? 60 : 1;

    /// <summary>
    /// Smallest length of at least 2n−1 among the powers of two, alone or times 3, 5 or 9: short, and
    /// made of the cheapest butterflies.
    /// </summary>
    internal static int ConvolutionLength(int n)
    {
        var best = int.MaxValue;
        foreach (var odd in (int[])[1, 3, 5, 9])
        {
            var length = odd;
            while (length < (2 * n) - 1)
                length *= 2;
            best = Math.Min(best, length);
        }

        return best;
    }

    /// <summary>The divisor nearest to √n that leaves both factors within the tile; null if none.</summary>
    private static int? Split(int n, int tile)
    {
        for (var columns = (int)Math.Sqrt(n); columns > 1 && n / columns <= tile; columns--)
            if (n % columns == 0)
                return columns;
        return null;
    }
}
