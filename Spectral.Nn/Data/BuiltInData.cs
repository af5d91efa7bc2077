using System.Diagnostics.CodeAnalysis;

namespace Spectral.Nn;

/// <summary>Data sets made by published formulas: no file, no download, the same on every machine.</summary>
public static class BuiltInData
{
    private static readonly (string Name, Func<DataSplit> Create)[] Sets =
    [
        (CylinderBellFunnel.Name, () => CylinderBellFunnel.Create()),
        (SyntheticControl.Name, () => SyntheticControl.Create()),
        (Shapes.Name, () => Shapes.Create()),
    ];

    /// <summary>The names, in the order in which they are listed to users.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Sets.Select(set => set.Name)];

    /// <summary>Makes the set of a name in its default sizes and seed.</summary>
    /// <returns>False if there is no such set.</returns>
    public static bool TryCreate(string name, [NotNullWhen(true)] out DataSplit? split)
    {
        var found = Array.FindIndex(Sets, set => set.Name == name);
        split = found < 0 ? null : Sets[found].Create();
        return split is not null;
    }
}
