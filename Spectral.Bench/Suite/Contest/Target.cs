using System.Globalization;

namespace Spectral.Bench;

/// <summary>What the rival's time over ours should be, in three steps; a value.</summary>
/// <param name="Group">Rows that are averaged together.</param>
/// <param name="Must">At least, everywhere.</param>
/// <param name="Excellent">On average.</param>
/// <param name="Moonshot">What would be remarkable.</param>
internal sealed record Target(string Group, double Must, double Excellent, double Moonshot)
{
    /// <summary>The highest step that a ratio reaches.</summary>
    internal string Reached(double ratio) => ratio >= Moonshot ? "moonshot"
        : ratio >= Excellent ? "excellent"
        : ratio >= Must ? "must"
        : "below";

    /// <summary><c>0.5 → 0.8 → 1.2</c>.</summary>
    internal string Steps =>
        string.Create(CultureInfo.InvariantCulture, $"{Must} → {Excellent} → {Moonshot}");
}
