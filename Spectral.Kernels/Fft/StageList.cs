namespace Spectral.Kernels;

/// <summary>One stage of a Stockham transform.</summary>
/// <param name="Radix">Points of a butterfly.</param>
/// <param name="Groups">m: butterflies with different twiddles.</param>
/// <param name="Stride">s: butterflies with the same twiddles, neighbours in memory.</param>
/// <param name="Twiddles">Where the stage's m·(radix−1) twiddles start, in complex numbers.</param>
/// <param name="Roots">Where the radix's own roots start, for odd radices above 5.</param>
internal readonly record struct Stage(int Radix, int Groups, int Stride, int Twiddles, int Roots);

/// <summary>Stages and twiddles of a Stockham recipe, computed in double.</summary>
internal sealed class StageList
{
    internal StageList(IEnumerable<int> radices, int length, List<Complex<double>> table)
    {
        var (rest, stride) = (length, 1);
        foreach (var radix in radices)
        {
            var groups = rest / radix;
            Stages.Add(new Stage(radix, groups, stride, table.Count, table.Count + (groups * (radix - 1))));
            for (var p = 0; p < groups; p++)
                for (var k = 1; k < radix; k++)
                    table.Add(Spectral.Kernels.Roots.Of((long)p * k, rest));
            for (var j = 0; j < radix && radix > 5 && radix != 8; j++)
                table.Add(Spectral.Kernels.Roots.Of(j, radix));
            rest = groups;
            stride *= radix;
        }
    }

    internal List<Stage> Stages { get; } = [];
}
