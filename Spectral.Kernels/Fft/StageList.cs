namespace Spectral.Kernels;

/// <summary>One stage of a Stockham transform.</summary>
/// <param name="Radix">Points of a butterfly.</param>
/// <param name="Groups">m: butterflies with different twiddles.</param>
/// <param name="Stride">s: butterflies with the same twiddles, neighbours in memory.</param>
/// <param name="Twiddles">Where the stage's m·(radix−1) twiddles start, in complex numbers.</param>
internal readonly record struct Stage(int Radix, int Groups, int Stride, int Twiddles)
{
    /// <summary>Where the radix's own roots start, for odd radices above 5.</summary>
    internal int Roots => Twiddles + (Groups * (Radix - 1));
}

/// <summary>Stages and twiddles of a Stockham recipe, computed in double.</summary>
internal sealed class StageList
{
    /// <summary>Lists the stages and appends their twiddles to a table.</summary>
    /// <param name="radices">The radices, first to last.</param>
    /// <param name="length">Their product.</param>
    /// <param name="table">Constants so far.</param>
    /// <param name="across">
    /// Whether the twiddles of a butterfly lie m apart, so that neighbouring work-items read neighbours, and roots 1 to half of
    /// the radix follow, conjugated, where it is odd and above 9; else twiddles lie one after the other.
    /// </param>
    internal StageList(IEnumerable<int> radices, int length, List<Complex<double>> table, bool across)
    {
        var (rest, stride) = (length, 1);
        foreach (var radix in radices)
        {
            var groups = rest / radix;
            Stages.Add(new Stage(radix, groups, stride, table.Count));
            for (var i = 0; i < groups * (radix - 1); i++)
            {
                var (p, k) = across ? (i % groups, i / groups) : (i / (radix - 1), i % (radix - 1));
                table.Add(Spectral.Kernels.Roots.Of((long)p * (k + 1), rest));
            }

            for (var j = 1; across && radix % 2 == 1 && radix > 9 && j <= radix / 2; j++)
                table.Add(Spectral.Kernels.Roots.Of(j, radix).Conjugate);
            for (var j = 0; j < radix && !across && HasRoots(radix); j++)
                table.Add(Spectral.Kernels.Roots.Of(j, radix));
            rest = groups;
            stride *= radix;
        }
    }

    internal List<Stage> Stages { get; } = [];

    // Whether the roots of a radix stand behind its twiddles.
    private static bool HasRoots(int radix) => radix > 5 && radix != 8;
}
