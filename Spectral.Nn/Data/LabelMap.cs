using System.Globalization;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Class indices for the labels of files: the sorted set of the training labels, by value if all are numbers
/// (so that 10 comes after 9, and 1.0 is 1), else by code point.
/// </summary>
public sealed class LabelMap
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly bool _numeric;

    /// <summary>Makes the map.</summary>
    /// <param name="trainingLabels">Labels as the training file has them, with repetitions.</param>
    public LabelMap(IEnumerable<string> trainingLabels)
    {
        var distinct = trainingLabels.Distinct(StringComparer.Ordinal).ToArray();
        _numeric = distinct.All(label => TryNumber(label, out _));
        ClassNames = _numeric
            ? [.. distinct.Select(Number).Distinct().Order().Select(Name)]
            : [.. distinct.Order(StringComparer.Ordinal)];
        for (var i = 0; i < ClassNames.Length; i++)
            _indices[ClassNames[i]] = i;
    }

    /// <summary>Name of each class, in the order of the indices.</summary>
    public string[] ClassNames { get; }

    /// <summary>The class of a label, if there is one.</summary>
    public bool TryGetIndex(string label, out int index)
    {
        var key = label;
        if (_numeric && TryNumber(label, out var value))
            key = Name(value);
        return _indices.TryGetValue(key, out index);
    }

    /// <summary>True if the two are the same label, as text or as numbers.</summary>
    internal static bool Same(string a, string b) =>
        string.Equals(a, b, StringComparison.Ordinal)
        || (TryNumber(a, out var x) && TryNumber(b, out var y) && x == y);

    // Adding zero turns -0 into 0.
    private static string Name(double value) => (value + 0.0).ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string label)
    {
        Throw.Unless(TryNumber(label, out var value), nameof(LabelMap), label, "a number", "check the label");
        return value;
    }

    private static bool TryNumber(string label, out double value) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);
}
