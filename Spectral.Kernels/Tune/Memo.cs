using System.Collections.Concurrent;

namespace Spectral.Kernels;

/// <summary>
/// What was once computed from a value, for work that is asked for again and again: many plans cost more to compare
/// than a small kernel takes. Forgets everything when it is full, which no network's layers make it.
/// </summary>
/// <param name="compute">A function of the value alone.</param>
internal sealed class Memo<TKey, TValue>(Func<TKey, TValue> compute)
    where TKey : notnull
{
    private const int Capacity = 4096;

    private readonly ConcurrentDictionary<TKey, TValue> _known = new();

    internal TValue this[TKey key]
    {
        get
        {
            if (_known.TryGetValue(key, out var value))
                return value;
            if (_known.Count >= Capacity)
                _known.Clear();
            return _known.GetOrAdd(key, compute);
        }
    }
}
