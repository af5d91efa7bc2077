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
    private readonly double _height;

    private Band(Rule rule, double value)
        : this(rule, value, value)
    {
    }

    private Band(Rule rule, double height, double width) => (_rule, _height, _value) = (rule, height, width);

    /// <summary>Everything: an ordinary convolution.</summary>
    public static Band Full { get; } = new(Rule.Full, 0);

    /// <summary>Whether nothing is discarded.</summary>
    public bool IsFull => _rule == Rule.Full;

    /// <summary>Whether the bound depends on the data (<see cref="Energy"/>).</summary>
    public bool DependsOnData => _rule == Rule.Energy;

    /// <summary>The energy share to keep, in percent; 100 for the other rules.</summary>
    public double EnergyPercent => DependsOnData ? _value : 100;

    /// <summary>
    /// A compression rate; 0 keeps all. Of <c>half</c> bins, series keep the original's
    /// <c>half − min(half−1, ⌊half·rate/100⌋+1)</c>. Images keep the original's <c>⌊half·√(1−rate/100)⌋</c> to a
    /// side on its circles (<see cref="FftSizePolicy.Compatible"/>), and what discards no more than the rate on the
    /// shortest ones.
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

    /// <summary>A cutoff for each axis of an image; series take that of the width.</summary>
    /// <param name="height">Fraction of the vertical Nyquist frequency, 0 to 1.</param>
    /// <param name="width">Fraction of the horizontal one, 0 to 1.</param>
    /// <exception cref="InvalidInputException">A fraction is out of range.</exception>
    public static Band Cutoff(double height, double width)
    {
        Throw.Unless(height is >= 0 and <= 1 && width is >= 0 and <= 1, "cutoff",
            $"{Text(height)} by {Text(width)}", "0 to 1 (fraction of the Nyquist frequency)",
            "give such fractions");
        return new Band(Rule.Cutoff, height, width);
    }

    /// <summary>Numbers of bins for each axis of an image; series take that of the width.</summary>
    /// <param name="height">Vertical bins of one sign, DC included, at least 1.</param>
    /// <param name="width">Horizontal bins, DC included, at least 1.</param>
    /// <exception cref="InvalidInputException">Fewer than one.</exception>
    public static Band Bins(int height, int width)
    {
        Throw.Unless(height >= 1 && width >= 1, "bins", $"{height} by {width}", "at least 1",
            "give such numbers");
        return new Band(Rule.Bins, height, width);
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

    /// <summary>Bins kept of series, 1 … <paramref name="half"/>; all where the data decide.</summary>
    /// <param name="half">Stored bins, S/2+1.</param>
    public int KeptBins(int half) => _rule == Rule.Rate
        ? Math.Max(1, half - Math.Min(half - 1, (int)(half * _value / 100) + 1))
        : Kept(half, _value);

    /// <summary>
    /// Bins kept of the axes of images, each 1 … half; all where the data decide. Of the rows those of both
    /// signs are kept.
    /// </summary>
    /// <param name="halfHeight">Stored bins of the vertical axis, S/2+1.</param>
    /// <param name="halfWidth">Stored bins of the horizontal axis.</param>
    public Size2 KeptBins(int halfHeight, int halfWidth) => (Kept(halfHeight, _height), Kept(halfWidth, _value));

    /// <summary>
    /// Bins kept of the axes of images on circles of one's own choice: as <see cref="KeptBins(int, int)"/>, but a
    /// rate is an upper bound. The smallest block that discards no more than the rate, the same fraction of both axes
    /// or one step more of the rows: on the circles of very small images the original's rule would leave DC alone.
    /// </summary>
    /// <param name="height">Vertical circle.</param>
    /// <param name="width">Horizontal circle.</param>
    public Size2 KeptBinsAtMost(int height, int width)
    {
        var (tall, wide) = (FftSize.Half(height), FftSize.Half(width));
        if (_rule != Rule.Rate)
            return KeptBins(tall, wide);
        foreach (var (h, w) in BandAxis.Growing(height, width))
            if (100.0 * h.BothSigns * w.Kept >= (100 - _value) * height * wide)
                return (h.Kept, w.Kept);
        return (tall, wide);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="InvalidInputException">Another text, or a number out of range.</exception>
    public static Band Parse(string text)
    {
        var parts = text.Split('=', 2);
        var values = new List<double>();
        foreach (var part in parts[^1].Split('x'))
            if (double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                values.Add(value);
        return (parts[0], values) switch
        {
            ("full", []) => Full,
            ("rate", [var rate]) => Rate(rate),
            ("cutoff", [var cutoff]) => Cutoff(cutoff),
            ("cutoff", [var height, var width]) => Cutoff(height, width),
            ("bins", [var bins]) => Bins((int)bins),
            ("bins", [var height, var width]) => Bins((int)height, (int)width),
            ("energy", [var energy]) => Energy(energy),
            _ => throw new InvalidInputException(
                "band", $"'{text}'", "full, rate=…, cutoff=…, bins=… or energy=…", "write it like that"),
        };
    }

    /// <summary>
    /// <c>full</c>, <c>rate=50</c>, <c>cutoff=0.5</c>, <c>bins=12</c>, <c>bins=12x8</c> or <c>energy=90</c>.
    /// </summary>
    public override string ToString()
    {
        var value = _height == _value ? Text(_value) : $"{Text(_height)}x{Text(_value)}";
        return IsFull ? "full" : $"{_rule.ToString().ToLowerInvariant()}={value}";
    }

    private int Kept(int half, double value)
    {
        var kept = _rule switch
        {
            Rule.Rate => (int)(half * Math.Sqrt(1 - (value / 100))),
            Rule.Cutoff => (int)Math.Round((half - 1) * value) + 1,
            Rule.Bins => (int)value,
            _ => half,
        };
        return Math.Clamp(kept, 1, half);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
