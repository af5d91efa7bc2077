using System.Globalization;

namespace Spectral.Kernels;

/// <summary>
/// How much of the spectrum a convolution keeps: the low frequencies up to a bound that is given as a
/// compression rate, a cutoff, a number of bins or a share of energy. A value; the number of bins follows
/// from it and from the FFT length.
/// </summary>
public sealed record Band
{
    private enum Rule
    {
        Full,
        Rate,
        Cutoff,
        Bins,
        Energy,
    }

    private readonly Rule _rule;
    private readonly double _value;

    private Band(Rule rule, double value) => (_rule, _value) = (rule, value);

    /// <summary>Everything: an ordinary convolution.</summary>
    public static Band Full { get; } = new(Rule.Full, 0);

    /// <summary>Whether nothing is discarded.</summary>
    public bool IsFull => _rule == Rule.Full;

    /// <summary>Whether the bound depends on the data (<see cref="Energy"/>).</summary>
    public bool DependsOnData => _rule == Rule.Energy;

    /// <summary>The energy share to keep, in percent; 100 for the other rules.</summary>
    public double EnergyPercent => DependsOnData ? _value : 100;

    /// <summary>
    /// The original's compression rate: of <c>half</c> bins, 1-D keeps
    /// <c>half − min(half−1, ⌊half·rate/100⌋+1)</c>, 2-D <c>max(1, ⌊half·√(1−rate/100)⌋)</c> to a side;
    /// 0 keeps all.
    /// </summary>
    /// <param name="percent">Share of the spectrum to discard, 0 to 100.</param>
    /// <exception cref="InvalidInputException">The rate is out of range.</exception>
    public static Band Rate(double percent)
    {
        Throw.Unless(percent is >= 0 and <= 100, "rate", Text(percent), "0 to 100 (percent discarded)",
            "give such a rate");
        return percent == 0 ? Full : new Band(Rule.Rate, percent);
    }

    /// <summary>Frequencies up to a fraction of the Nyquist frequency, DC always included.</summary>
    /// <param name="fraction">0 keeps DC alone, 1 keeps all.</param>
    /// <exception cref="InvalidInputException">The fraction is out of range.</exception>
    public static Band Cutoff(double fraction)
    {
        Throw.Unless(fraction is >= 0 and <= 1, "cutoff", Text(fraction),
            "0 to 1 (fraction of the Nyquist frequency)", "give such a fraction");
        return fraction == 1 ? Full : new Band(Rule.Cutoff, fraction);
    }

    /// <summary>A fixed number of bins (to a side, in 2-D); more than there are keeps all.</summary>
    /// <exception cref="InvalidInputException">Fewer than one.</exception>
    public static Band Bins(int count)
    {
        Throw.Unless(count >= 1, "bins", $"{count}", "at least 1", "give such a number");
        return new Band(Rule.Bins, count);
    }

    /// <summary>The smallest band that holds this share of the batch's energy (Parseval-weighted).</summary>
    /// <param name="percent">Share of the energy to keep, above 0, at most 100.</param>
    /// <exception cref="InvalidInputException">The share is out of range.</exception>
    public static Band Energy(double percent)
    {
        Throw.Unless(percent is > 0 and <= 100, "energy", Text(percent), "above 0, up to 100 (percent kept)",
            "give such a share");
        return new Band(Rule.Energy, percent);
    }

    /// <summary>Bins kept of one axis, 1 … <paramref name="half"/>; all where the data decide.</summary>
    /// <param name="half">Stored bins, S/2+1.</param>
    /// <param name="dimensions">1 or 2: with two axes each keeps the root of the share.</param>
    public int KeptBins(int half, int dimensions)
    {
        var kept = _rule switch
        {
            Rule.Rate when dimensions == 1 => half - Math.Min(half - 1, (int)(half * _value / 100) + 1),
            Rule.Rate => (int)(half * Math.Sqrt(1 - (_value / 100))),
            Rule.Cutoff => (int)Math.Round((half - 1) * _value) + 1,
            Rule.Bins => (int)_value,
            _ => half,
        };
        return Math.Clamp(kept, 1, half);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="InvalidInputException">Another text, or a number out of range.</exception>
    public static Band Parse(string text)
    {
        var parts = text.Split('=', 2);
        var isNumber = double.TryParse(
            parts[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        return (parts[0], isNumber) switch
        {
            ("full", _) => Full,
            ("rate", true) => Rate(value),
            ("cutoff", true) => Cutoff(value),
            ("bins", true) => Bins((int)value),
            ("energy", true) => Energy(value),
            _ => throw new InvalidInputException(
                "band", $"'{text}'", "full, rate=…, cutoff=…, bins=… or energy=…", "write it like that"),
        };
    }

    /// <summary><c>full</c>, <c>rate=50</c>, <c>cutoff=0.5</c>, <c>bins=12</c> or <c>energy=90</c>.</summary>
    public override string ToString() =>
        IsFull ? "full" : $"{_rule.ToString().ToLowerInvariant()}={Text(_value)}";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
