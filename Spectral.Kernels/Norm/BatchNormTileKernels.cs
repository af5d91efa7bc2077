using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Batch normalisation for GPUs: a group sums a part of a channel, its work-items reading side by side, and
/// adds up in shared memory; the rest runs a work-item an element. Where a part is the whole channel the group goes on
/// to what the sums become, which otherwise takes a launch of its own.
/// </summary>
internal sealed class BatchNormTileKernels : IKernelForms
{
    /// <summary>Work-items of a group at most; always a power of two.</summary>
    internal const int LargestGroup = 1024;

    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    /// <summary>
    /// As <see cref="BatchNormVectorKernels.Moments"/>; a single part makes the results, and means and squares may be
    /// any array.
    /// </summary>
    internal static void Moments<T, TMath>(
        ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares, ChannelStatistics<T> results,
        int batch, int channels, int inner, Divisor byInner, int splits)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var shared = SharedMemory.Allocate<T>(LargestGroup);
        for (var i = Grid.IdxX; i < channels * splits; i += Grid.DimX)
        {
            var (split, channel) = (i / channels, i % channels);
            var first = (int)((long)split * batch / splits);
            var count = ((int)((long)(split + 1) * batch / splits) - first) * inner;
            var rows = new ChannelRows(byInner, ((first * channels) + channel) * inner, inner, channels);
            var shift = x[channel * inner];

            // Four on their way at once; those beyond the last add nothing.
            var sum = T.Zero;
            for (var e = Group.IdxX; e < count; e += 4 * Group.DimX)
            {
                var (v0, v1) = (Or(x, rows, e, count, shift), Or(x, rows, e + Group.DimX, count, shift));
                var (v2, v3) = (
                    Or(x, rows, e + (2 * Group.DimX), count, shift), Or(x, rows, e + (3 * Group.DimX), count, shift));
                sum += v0 - shift + (v1 - shift) + (v2 - shift + (v3 - shift));
            }

            var mean = GroupSum(shared, sum) / TMath.FromInt(count);
            var centre = shift + mean;
            var square = T.Zero;
            for (var e = Group.IdxX; e < count; e += 4 * Group.DimX)
            {
                var (v0, v1) = (Or(x, rows, e, count, centre), Or(x, rows, e + Group.DimX, count, centre));
                var (v2, v3) = (
                    Or(x, rows, e + (2 * Group.DimX), count, centre), Or(x, rows, e + (3 * Group.DimX), count, centre));
                square += ((v0 - centre) * (v0 - centre)) + ((v1 - centre) * (v1 - centre));
                square += ((v2 - centre) * (v2 - centre)) + ((v3 - centre) * (v3 - centre));
            }

            square = GroupSum(shared, square);
            if (Group.IdxX == 0 && splits == 1)
                results.Set<TMath>(channel, centre, square, TMath.FromInt(count));
            if (Group.IdxX == 0 && splits > 1)
            {
                means[i] = mean;
                squares[i] = square;
            }
        }
    }

    /// <summary>As <see cref="BatchNormVectorKernels.Normalise"/>.</summary>
    internal static void Normalise<T, TResidual, TFunction>(
        ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ChannelNorm<T> norm, int channels, Divisor byInner,
        Divisor byChannels)
        where T : unmanaged, INumber<T>
        where TResidual : struct, IResidual<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < x.IntLength; i += WorkItem.Count)
        {
            var row = byInner.Quotient(i);
            var channel = row - (byChannels.Quotient(row) * channels);
            var v = ((x[i] - norm.Means[channel]) * norm.Scale(channel)) + norm.Shift(channel);
            y[i] = TFunction.Apply(TResidual.Add(v, residual, i), T.Zero);
        }
    }

    /// <summary>As <see cref="BatchNormVectorKernels.GradientSums"/>, and as <see cref="Moments"/>.</summary>
    internal static void GradientSums<T, TMath, TFunction>(
        ArrayView<T> x, ArrayView<T> dy, ChannelNorm<T> norm, ArrayView<T> sums, ArrayView<T> moments,
        ChannelGradients<T> results, int batch, int channels, int inner, Divisor byInner, int splits)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        var shared = SharedMemory.Allocate<T>(LargestGroup);
        for (var i = Grid.IdxX; i < channels * splits; i += Grid.DimX)
        {
            var (split, channel) = (i / channels, i % channels);
            var first = (int)((long)split * batch / splits);
            var count = ((int)((long)(split + 1) * batch / splits) - first) * inner;
            var rows = new ChannelRows(byInner, ((first * channels) + channel) * inner, inner, channels);
            var (m, a, b) = (norm.Means[channel], norm.Scale(channel), norm.Shift(channel));
            var (sum, moment) = (T.Zero, T.Zero);

            // Two of each on their way at once; those beyond the last add nothing.
            for (var e = Group.IdxX; e < count; e += 2 * Group.DimX)
            {
                var other = e + Group.DimX;
                var (x0, x1) = (Or(x, rows, e, count, m), Or(x, rows, other, count, m));
                var (dy0, dy1) = (Or(dy, rows, e, count, T.Zero), Or(dy, rows, other, count, T.Zero));
                var (v0, v1) = (((x0 - m) * a) + b, ((x1 - m) * a) + b);
                var dv0 = TFunction.Gradient(v0, v0, dy0, T.Zero);
                var dv1 = TFunction.Gradient(v1, v1, dy1, T.Zero);
                sum += dv0 + dv1;
                moment += (dv0 * (x0 - m)) + (dv1 * (x1 - m));
            }

            sum = GroupSum(shared, sum);
            moment = GroupSum(shared, moment);
            if (Group.IdxX == 0 && splits == 1)
                results.Set(channel, norm, sum, moment, TMath.FromInt(count));
            if (Group.IdxX == 0 && splits > 1)
            {
                sums[i] = sum;
                moments[i] = moment;
            }
        }
    }

    /// <summary>As <see cref="BatchNormVectorKernels.InputGradient"/>.</summary>
    internal static void InputGradient<T, TFunction>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ChannelNorm<T> norm, ChannelGradients<T> factors,
        int channels, Divisor byInner, Divisor byChannels)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < x.IntLength; i += WorkItem.Count)
        {
            var row = byInner.Quotient(i);
            var channel = row - (byChannels.Quotient(row) * channels);
            var (distance, a) = (x[i] - norm.Means[channel], norm.Scale(channel));
            var v = (distance * a) + norm.Shift(channel);
            var dv = TFunction.Gradient(v, v, dy[i], T.Zero);
            dx[i] = (a * dv) - (distance * factors.Slopes[channel]) - factors.Offsets[channel];
        }
    }

    /// <summary>An element of a channel, or something else beyond the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Or<T>(ArrayView<T> x, ChannelRows rows, int element, int count, T other)
        where T : unmanaged, INumber<T> =>
        element < count ? x[rows.At(element)] : other;

    /// <summary>Where the elements of a channel lie: rows of it, some apart.</summary>
    private readonly struct ChannelRows(Divisor byInner, int start, int inner, int channels)
    {
        private readonly Divisor _byInner = byInner;
        private readonly int _start = start, _gap = (channels - 1) * inner;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal int At(int element) => _start + element + (_byInner.Quotient(element) * _gap);
    }

    /// <summary>The sum over the group, to all of it; always added in the same order.</summary>
    private static T GroupSum<T>(ArrayView<T> shared, T term) where T : unmanaged, INumber<T>
    {
        shared[Group.IdxX] = term;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
                shared[Group.IdxX] += shared[Group.IdxX + half];
            Group.Barrier();
        }

        var sum = shared[0];
        Group.Barrier();
        return sum;
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelStatistics<T>, int, int, int, Divisor, int>)
            Moments<T, TMath>,
        .. Forward<T, IdentityFunction<T>>(),
        .. Forward<T, ReluFunction<T>>(),
        .. Backward<T, TMath, IdentityFunction<T>>(),
        .. Backward<T, TMath, ReluFunction<T>>(),
    ];

    private static IEnumerable<Delegate> Forward<T, TFunction>()
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelNorm<T>, int, Divisor, Divisor>)
            Normalise<T, NoResidual<T>, TFunction>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelNorm<T>, int, Divisor, Divisor>)
            Normalise<T, AddedResidual<T>, TFunction>,
    ];

    private static IEnumerable<Delegate> Backward<T, TMath, TFunction>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
        where TFunction : struct, IUnaryFunction<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ChannelNorm<T>, ArrayView<T>, ArrayView<T>, ChannelGradients<T>, int,
            int, int, Divisor, int>)GradientSums<T, TMath, TFunction>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelNorm<T>, ChannelGradients<T>, int, Divisor,
            Divisor>)InputGradient<T, TFunction>,
    ];
}
