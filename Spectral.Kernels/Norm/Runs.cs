using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Sums over a run of adjacent elements, for vector-loop kernels. Eight independent partial sums, combined in
/// a fixed order, let a CPU add whole registers and halve the rounding error on the way.
/// </summary>
internal static class Runs
{
    /// <summary>Σ (x − shift).</summary>
    internal static T Sum<T>(ArrayView<T> x, int start, int length, T shift) where T : unmanaged, INumber<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        T s4 = T.Zero, s5 = T.Zero, s6 = T.Zero, s7 = T.Zero;
        var (i, end) = (start, start + length);
        for (; i + 7 < end; i += 8)
        {
            s0 += x[i] - shift;
            s1 += x[i + 1] - shift;
            s2 += x[i + 2] - shift;
            s3 += x[i + 3] - shift;
            s4 += x[i + 4] - shift;
            s5 += x[i + 5] - shift;
            s6 += x[i + 6] - shift;
            s7 += x[i + 7] - shift;
        }

        for (; i < end; i++)
            s0 += x[i] - shift;
        return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
    }

    /// <summary>Σ (x − shift)².</summary>
    internal static T SquaredDistances<T>(ArrayView<T> x, int start, int length, T shift)
        where T : unmanaged, INumber<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        T s4 = T.Zero, s5 = T.Zero, s6 = T.Zero, s7 = T.Zero;
        var (i, end) = (start, start + length);
        for (; i + 7 < end; i += 8)
        {
            s0 += (x[i] - shift) * (x[i] - shift);
            s1 += (x[i + 1] - shift) * (x[i + 1] - shift);
            s2 += (x[i + 2] - shift) * (x[i + 2] - shift);
            s3 += (x[i + 3] - shift) * (x[i + 3] - shift);
            s4 += (x[i + 4] - shift) * (x[i + 4] - shift);
            s5 += (x[i + 5] - shift) * (x[i + 5] - shift);
            s6 += (x[i + 6] - shift) * (x[i + 6] - shift);
            s7 += (x[i + 7] - shift) * (x[i + 7] - shift);
        }

        for (; i < end; i++)
            s0 += (x[i] - shift) * (x[i] - shift);
        return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
    }

    /// <summary>Σ a · (x − shift).</summary>
    internal static T Moment<T>(ArrayView<T> a, ArrayView<T> x, int start, int length, T shift)
        where T : unmanaged, INumber<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        T s4 = T.Zero, s5 = T.Zero, s6 = T.Zero, s7 = T.Zero;
        var (i, end) = (start, start + length);
        for (; i + 7 < end; i += 8)
        {
            s0 += a[i] * (x[i] - shift);
            s1 += a[i + 1] * (x[i + 1] - shift);
            s2 += a[i + 2] * (x[i + 2] - shift);
            s3 += a[i + 3] * (x[i + 3] - shift);
            s4 += a[i + 4] * (x[i + 4] - shift);
            s5 += a[i + 5] * (x[i + 5] - shift);
            s6 += a[i + 6] * (x[i + 6] - shift);
            s7 += a[i + 7] * (x[i + 7] - shift);
        }

        for (; i < end; i++)
            s0 += a[i] * (x[i] - shift);
        return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
    }
}
