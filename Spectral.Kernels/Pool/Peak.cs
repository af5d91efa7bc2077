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

    /// <summary>What was kept in scratch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Peak<T> Load(ArrayView<T> values, ArrayView<int> places, int at)
    {
        Peak<T> peak;
        peak.Value = values[at];
        peak.Place = places[at];
        return peak;
    }

    /// <summary>Keeps a peak in scratch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ArrayView<T> values, ArrayView<int> places, int at, Peak<T> peak)
    {
        values[at] = peak.Value;
        places[at] = peak.Place;
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

    /// <summary>The same of two whose places come in any order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Peak<T> HigherInAnyOrder(Peak<T> best, Peak<T> next)
    {
        var wins = next.Value > best.Value | (next.Value == best.Value & next.Place < best.Place)
            | (T.IsNaN(next.Value) & (!T.IsNaN(best.Value) | next.Place > best.Place));
        best.Value = wins ? next.Value : best.Value;
        best.Place = wins ? next.Place : best.Place;
        return best;
    }
}
