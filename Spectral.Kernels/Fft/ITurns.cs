using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// The twiddles of a butterfly. They are read before its points are waited for, so that both are on their way at once.
/// </summary>
internal interface ITurns<T> where T : unmanaged, INumber<T>
{
    /// <summary>Whether all are one, as in a last stage.</summary>
    bool AreOne { get; }

    /// <summary>That of result k, 1 and more.</summary>
    Complex<T> Of(ArrayView<Complex<T>> table, int k);
}

/// <summary>Twiddles of a butterfly that follow each other.</summary>
internal readonly struct ListedTurns<T>(Stage stage, int p) : ITurns<T> where T : unmanaged, INumber<T>
{
    private readonly int _first = stage.Twiddles + (p * (stage.Radix - 1)) - 1;

    public bool AreOne => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Complex<T> Of(ArrayView<Complex<T>> table, int k) => table[_first + k];
}
