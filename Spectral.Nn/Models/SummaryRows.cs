using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Gathers the rows of a <see cref="ModelSummary"/> while a model runs.</summary>
internal sealed class SummaryRows
{
    private readonly Dictionary<Tensor, (string Path, Module Owner)> _owners =
        new(ReferenceEqualityComparer.Instance);

    private readonly HashSet<Module> _counted = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<DeviceArray> _saved = new(ReferenceEqualityComparer.Instance);
    private readonly List<(ModelSummary.Row Row, Module? Owner)> _rows = [];

    internal SummaryRows(Module model)
    {
        foreach (var (path, module) in model.NamedModules())
            foreach (var parameter in module.OwnParameters)
                _owners.TryAdd(parameter, (path.TrimEnd('.'), module));
    }

    internal void Add(Tensor result, ReadOnlySpan<Tensor> inputs, BackwardRule? rule, string operation)
    {
        var (path, owner) = ("", (Module?)null);
        foreach (var input in inputs)
            if (owner is null && _owners.TryGetValue(input, out var found))
                (path, owner) = found;
        // A part or a view of a layer's parameters still is that layer's: grouped convolutions take it apart.
        if (owner is not null && rule is { MultiplyAdds: 0 } && AllOwned(inputs))
        {
            _owners.TryAdd(result, (path, owner));
            return;
        }

        var parameters = owner is not null && _counted.Add(owner)
            ? owner.OwnParameters.Sum(p => (long)p.Length)
            : 0;
        long saved = 0;
        foreach (var memory in rule?.SavedMemory ?? [])
            if (memory.Role != MemoryRole.Parameters && _saved.Add(memory))
                saved += (long)memory.Length * memory.DType.SizeOf();
        _rows.Add((
            new ModelSummary.Row(
                path, owner?.GetType().Name ?? operation, [.. result.Shape.Extents], parameters,
                rule?.MultiplyAdds ?? 0, 0, 0, saved),
            owner));
    }

    private bool AllOwned(ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
            if (!_owners.ContainsKey(input))
                return false;
        return true;
    }

    /// <summary>The rows, with the bands that the layers know once they have run.</summary>
    internal IReadOnlyList<ModelSummary.Row> Finish() =>
    [
        .. _rows.Select(r => BandLimits.LimitOf(r.Owner) is { SpectrumElements: var (kept, all) }
            ? r.Row with { Kept = kept, SpectrumElements = all }
            : r.Row),
    ];
}
