using System.Globalization;

namespace Spectral.Bench;

/// <summary>Geometric mean of the ratios of a block that share a target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Mean">Geometric mean of the ratios.</param>
/// <param name="Rows">How many.</param>
/// <param name="Below">How many of them miss even the first step.</param>
internal sealed record BlockAverage(Target Target, double Mean, int Rows, int Below)
{
    /// <summary>One for each target that has a row with a measured ratio.</summary>
    internal static List<BlockAverage> Of(IEnumerable<Result> results) =>
    [
        .. results.Where(r => r is { Target: not null, Ratio: not null }).GroupBy(r => r.Target!).Select(g =>
            new BlockAverage(
                g.Key,
                Math.Exp(g.Average(r => Math.Log(r.Ratio!.Value))),
                g.Count(),
                g.Count(r => r.Reached == "below"))),
    ];

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target.Group}: geometric mean {Mean:F2} over {Rows} rows "
            + $"({Target.Reached(Mean)}; {Target.Steps}), {Below} below must");
}
