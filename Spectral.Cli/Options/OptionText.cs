using System.Globalization;

namespace Spectral.Cli;

/// <summary>Turns the text of an option into a value, or says in one sentence why it cannot.</summary>
internal static class OptionText
{
    /// <summary>A finite number that <paramref name="holds"/>.</summary>
    internal static double Number(string option, string text, string allowed, Func<double, bool> holds) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && holds(value)
            ? value
            : throw Wrong(option, text, allowed);

    /// <summary>A share in percent.</summary>
    internal static double Percent(string option, string text) =>
        Number(option, text, "a number from 0 to 100 (percent)", v => v is >= 0 and <= 100);

    /// <summary>A whole number from <paramref name="least"/>.</summary>
    internal static int Whole(string option, string text, int least) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            && value >= least
            ? value
            : throw Wrong(option, text, $"a whole number of {least} or more");

    /// <summary>How many samples at most, or null for all.</summary>
    internal static int? Limit(string option, string? text) => text is null ? null : Whole(option, text, 1);

    /// <summary>A seed: 0 to 2^64 − 1.</summary>
    internal static ulong Seed(string option, string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong(option, text, "a whole number of 0 or more");

    /// <summary>One of several words.</summary>
    internal static T Word<T>(string option, string text, params (string Word, T Value)[] words)
    {
        foreach (var (word, value) in words)
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        throw Wrong(option, text, string.Join(", ", words.Select(w => w.Word)));
    }

    /// <summary>The parts of a comma-separated list; none may be empty.</summary>
    internal static string[] List(string option, string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.All(p => p.Length > 0) ? parts : throw Wrong(option, text, "values separated by commas");
    }

    internal static UsageException Wrong(string option, string text, string allowed) =>
        new(option, $"'{text}'", allowed, "give one of these");
}
