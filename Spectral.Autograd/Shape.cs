using System.Collections;
using System.Runtime.CompilerServices;
using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>
/// Extents of a tensor, outermost first; a value. Write it as a collection: <c>Tensor.Zeros([16, 3, 128])</c>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    private readonly int[]? _extents;

    /// <summary>A shape of these extents; none makes a scalar.</summary>
    /// <exception cref="InvalidInputException">An extent is negative.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        long length = 1;
        foreach (var extent in extents)
        {
            Throw.Unless(extent >= 0, "shape", $"an extent of {extent}", "0 or more", "give the extent");
            length *= extent;
        }

        Throw.Unless(length <= int.MaxValue, "shape", $"{length:N0} elements", $"at most {int.MaxValue:N0}",
            "split the tensor");
        _extents = extents.ToArray();
        Elements = (int)length;
    }

    /// <summary>
    /// Number of elements; 1 for a scalar. (Not called Length: the compiler would take that for the number
    /// of extents when a shape is spread into a collection.)
    /// </summary>
    public int Elements { get; } = 1;

    /// <summary>Number of axes.</summary>
    public int Rank => Extents.Length;

    int IReadOnlyCollection<int>.Count => Rank;

    /// <summary>The extents.</summary>
    public ReadOnlySpan<int> Extents => _extents;

    /// <summary>Extent of an axis; negative axes count from the last.</summary>
    public int this[int axis] => Extents[axis < 0 ? axis + Rank : axis];

    /// <summary>For collection expressions.</summary>
    public static Shape Create(ReadOnlySpan<int> extents) => new(extents);

    /// <summary>A shape from an array of extents.</summary>
    public static implicit operator Shape(int[] extents) => new(extents);

    /// <summary>Same extents.</summary>
    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    /// <summary>Different extents.</summary>
    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    /// <summary>
    /// The shape that two operands are broadcast to: aligned at the last axis, equal extents or 1 (NumPy's rule).
    /// </summary>
    /// <exception cref="InvalidInputException">The shapes do not fit.</exception>
    public static Shape Broadcast(Shape a, Shape b, string operation)
    {
        var extents = new int[Math.Max(a.Rank, b.Rank)];
        for (var i = 1; i <= extents.Length; i++)
        {
            var (p, q) = (i <= a.Rank ? a[-i] : 1, i <= b.Rank ? b[-i] : 1);
            Throw.Unless(p == q || p == 1 || q == 1, operation, $"shapes {a} and {b}",
                "shapes whose extents, aligned at the last axis, are equal or 1", "reshape one of them");
            extents[^i] = p == 1 ? q : p;
        }

        return new Shape(extents);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => Extents.SequenceEqual(other.Extents);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var extent in Extents)
            hash.Add(extent);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_extents ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", _extents ?? [])}]";
}
