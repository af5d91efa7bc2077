using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>A value and its place in its plane.</summary>
internal struct Peak<T>
    where T : unmanaged, INumber<T>
{
    public T Value;

    public int Place;

    /// <summary>What lies at a place of the plane that starts at an offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Peak<T> Of(ArrayView<T> x, int plane, int place)
    {
        Peak<T> peak;
        peak.Value = x[plane + place];
        peak.Place = place;
        return peak;
    }

    /// <summary>
    /// The higher of two, the first of equals; a NaN beats everything, the second one the first, as in PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Peak<T> Higher(Peak<T> best, Peak<T> next)
    {
        // Without a short cut: a branch that data decide would be guessed wrong every time.
        var wins = next.Value > best.Value | T.IsNaN(next.Value);
        best.Value = wins ? next.Value : best.Value;
        best.Place = wins ? next.Place : best.Place;
        return best;
    }
}
