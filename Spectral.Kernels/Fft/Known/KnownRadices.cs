using System.Collections.Concurrent;

namespace Spectral.Kernels;

/// <summary>How a length is taken apart where each length has a kernel of its own.</summary>
internal static class KnownRadices
{
    private static readonly Dictionary<int, Type> Types = new()
    {
        [2] = typeof(Radix2),
        [3] = typeof(Radix3),
        [4] = typeof(Radix4),
        [5] = typeof(Radix5),
        [6] = typeof(Radix6),
        [7] = typeof(Radix7),
        [8] = typeof(Radix8),
        [9] = typeof(Radix9),
        [10] = typeof(Radix10),
        [11] = OddType(11),
        [13] = OddType(13),
        [17] = OddType(17),
    };

    private static readonly ConcurrentDictionary<int, IReadOnlyList<int>?> Found = new();

    /// <summary>
    /// The radices, the largest first, so that as many accesses to global memory as possible are on their way at once: as few
    /// as possible, of those ways the one with the smallest sum. Null where a prime above 17 is left, whose butterfly would take
    /// compilers long, and for a length of 1.
    /// </summary>
    internal static IReadOnlyList<int>? Of(int length) => Found.GetOrAdd(length, n => n < 2 ? null : Search(n, int.MaxValue));

    /// <summary>The type of a radix.</summary>
    internal static Type TypeOf(int radix) => Types[radix];

    private static Type OddType(int radix) => typeof(OddRadix<>).MakeGenericType(Enumerable.Repeat(typeof(Next<>), radix / 2)
        .Aggregate(typeof(Zero), (count, next) => next.MakeGenericType(count)));

    private static List<int>? Search(int n, int largest)
    {
        if (n == 1)
            return [];
        List<int>? best = null;
        foreach (var radix in Types.Keys.Where(r => r <= largest && n % r == 0))
        {
            if (Search(n / radix, radix) is not { } rest)
                continue;
            List<int> radices = [radix, .. rest];
            if (best is null || (radices.Count, radices.Sum()).CompareTo((best.Count, best.Sum())) < 0)
                best = radices;
        }

        return best;
    }
}
