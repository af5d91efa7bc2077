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

    /// <summary>Σ dv, where f passes on dv of dy at v = (x − mean) · scale + shift.</summary>
    internal static T Gradients<T, TFunction>(
        ArrayView<T> dy, ArrayView<T> x, int start, int length, T mean, T scale, T shift)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        T s4 = T.Zero, s5 = T.Zero, s6 = T.Zero, s7 = T.Zero;
        var (i, end) = (start, start + length);
        for (; i + 7 < end; i += 8)
        {
            s0 += Passed<T, TFunction>(dy[i], x[i] - mean, scale, shift);
            s1 += Passed<T, TFunction>(dy[i + 1], x[i + 1] - mean, scale, shift);
            s2 += Passed<T, TFunction>(dy[i + 2], x[i + 2] - mean, scale, shift);
            s3 += Passed<T, TFunction>(dy[i + 3], x[i + 3] - mean, scale, shift);
            s4 += Passed<T, TFunction>(dy[i + 4], x[i + 4] - mean, scale, shift);
            s5 += Passed<T, TFunction>(dy[i + 5], x[i + 5] - mean, scale, shift);
            s6 += Passed<T, TFunction>(dy[i + 6], x[i + 6] - mean, scale, shift);
            s7 += Passed<T, TFunction>(dy[i + 7], x[i + 7] - mean, scale, shift);
        }

        for (; i < end; i++)
            s0 += Passed<T, TFunction>(dy[i], x[i] - mean, scale, shift);
        return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
    }

    /// <summary>Σ dv · (x − mean), with dv as in <see cref="Gradients"/>.</summary>
    internal static T GradientMoments<T, TFunction>(
        ArrayView<T> dy, ArrayView<T> x, int start, int length, T mean, T scale, T shift)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        T s4 = T.Zero, s5 = T.Zero, s6 = T.Zero, s7 = T.Zero;
        var (i, end) = (start, start + length);
        for (; i + 7 < end; i += 8)
        {
            s0 += Passed<T, TFunction>(dy[i], x[i] - mean, scale, shift) * (x[i] - mean);
            s1 += Passed<T, TFunction>(dy[i + 1], x[i + 1] - mean, scale, shift) * (x[i + 1] - mean);
            s2 += Passed<T, TFunction>(dy[i + 2], x[i + 2] - mean, scale, shift) * (x[i + 2] - mean);
            s3 += Passed<T, TFunction>(dy[i + 3], x[i + 3] - mean, scale, shift) * (x[i + 3] - mean);
            s4 += Passed<T, TFunction>(dy[i + 4], x[i + 4] - mean, scale, shift) * (x[i + 4] - mean);
            s5 += Passed<T, TFunction>(dy[i + 5], x[i + 5] - mean, scale, shift) * (x[i + 5] - mean);
            s6 += Passed<T, TFunction>(dy[i + 6], x[i + 6] - mean, scale, shift) * (x[i + 6] - mean);
            s7 += Passed<T, TFunction>(dy[i + 7], x[i + 7] - mean, scale, shift) * (x[i + 7] - mean);
        }

        for (; i < end; i++)
            s0 += Passed<T, TFunction>(dy[i], x[i] - mean, scale, shift) * (x[i] - mean);
        return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
    }

    private static T Passed<T, TFunction>(T dy, T distance, T scale, T shift)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        var value = (distance * scale) + shift;
        return TFunction.Gradient(value, value, dy, T.Zero);
    }
}
