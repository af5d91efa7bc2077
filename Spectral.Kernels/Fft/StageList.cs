namespace Spectral.Kernels;

/// <summary>One stage of a Stockham transform.</summary>
/// <param name="Radix">Points of a butterfly.</param>
/// <param name="Groups">m: butterflies with different twiddles.</param>
/// <param name="Stride">s: butterflies with the same twiddles, neighbours in memory.</param>
/// <param name="Twiddles">Where the stage's m·(radix−1) twiddles start, in complex numbers.</param>
/// <param name="Across">
/// 1 where the twiddles of a butterfly lie m apart, so that neighbouring work-items read neighbours; 0 where they follow
/// each other.
/// </param>
internal readonly record struct Stage(int Radix, int Groups, int Stride, int Twiddles, int Across)
{
    /// <summary>Where the radix's own roots start, for odd radices above 5.</summary>
    internal int Roots => Twiddles + (Groups * (Radix - 1));
}

/// <summary>Stages and twiddles of a Stockham recipe, computed in double.</summary>
internal sealed class StageList
{
    internal StageList(IEnumerable<int> radices, int length, List<Complex<double>> table, bool across)
    {
        var (rest, stride) = (length, 1);
        foreach (var radix in radices)
        {
            var groups = rest / radix;
            Stages.Add(new Stage(radix, groups, stride, table.Count, across ? 1 : 0));
            for (var i = 0; i < groups * (radix - 1); i++)
            {
                var (p, k) = across ? (i % groups, i / groups) : (i / (radix - 1), i % (radix - 1));
                table.Add(Spectral.Kernels.Roots.Of((long)p * (k + 1), rest));
            }

            for (var j = 0; j < radix && HasRoots(radix); j++)
                table.Add(Spectral.Kernels.Roots.Of(j, radix));
            rest = groups;
            stride *= radix;
        }
    }

    internal List<Stage> Stages { get; } = [];

    // Whether the roots of a radix stand behind its twiddles.
    private static bool HasRoots(int radix) => radix > 5 && radix != 8;
}
