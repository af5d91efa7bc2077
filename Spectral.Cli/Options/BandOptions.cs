using Spectral.Kernels;

namespace Spectral.Cli;

/// <summary>Bands from the three ways in which they can be asked for.</summary>
internal static class BandOptions
{
    /// <summary>One band for all layers, or one for each.</summary>
    /// <exception cref="UsageException">More than one way was used, or a number is out of range.</exception>
    internal static IReadOnlyList<Band> Read(string? rate, string? energy, string? rates)
    {
        string[] given = [.. Given("--rate", rate), .. Given("--energy", energy), .. Given("--rates", rates)];
        if (given.Length > 1)
            throw new UsageException(
                given[0], string.Join(" and ", given), "only one of --rate, --energy and --rates",
                "leave the others out");
        if (rates is not null)
            return [.. OptionText.List("--rates", rates).Select(r => OfRate("--rates", r))];
        if (energy is not null)
            return [Band.Energy(OptionText.Number(
                "--energy", energy, "a number above 0, up to 100 (percent kept)", v => v is > 0 and <= 100))];
        return [rate is null ? Band.Full : OfRate("--rate", rate)];
    }

    private static Band OfRate(string option, string text) => Band.Rate(OptionText.Percent(option, text));

    private static string[] Given(string option, string? value) => value is null ? [] : [option];
}
