using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Batch normalisation for CPUs: a work-item walks whole rows, so that the compiler sees contiguous loops.
/// Parts of channels are numbered [split, channel].
/// </summary>
internal sealed class BatchNormVectorKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    /// <summary>
    /// Mean and sum of squared distances from it, of each part. Two passes: the rows of a part are still in
    /// the cache when the second one comes, and nothing cancels. Means are relative to the channel's first
    /// element, so that a mean far from zero costs no digits. Where a channel is one part, its statistics are done.
    /// </summary>
    internal static void Moments<T, TMath>(
        ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares, ChannelStatistics<T> results,
        int batch, int channels, int inner, int splits)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var i = WorkItem.Index; i < channels * splits; i += WorkItem.Count)
        {
            var (split, channel) = (i / channels, i % channels);
            var first = (int)((long)split * batch / splits);
            var last = (int)((long)(split + 1) * batch / splits);
            var shift = x[channel * inner];
            var sum = T.Zero;
            for (var n = first; n < last; n++)
                sum += Runs.Sum(x, ((n * channels) + channel) * inner, inner, shift);
            var mean = sum / TMath.FromInt((last - first) * inner);
            var square = T.Zero;
            for (var n = first; n < last; n++)
                square += Runs.SquaredDistances(x, ((n * channels) + channel) * inner, inner, shift + mean);
            if (splits == 1)
                results.Set<TMath>(channel, shift + mean, square, TMath.FromInt(batch) * TMath.FromInt(inner));
            else
            {
                means[i] = mean;
                squares[i] = square;
            }
        }
    }

    /// <summary>y = f((x − mean) · scale + shift + residual).</summary>
    internal static void Normalise<T, TResidual, TFunction>(
        ArrayView<T> x, ArrayView<T> residual, ArrayView<T> y, ChannelNorm<T> norm, int channels, int inner)
        where T : unmanaged, INumber<T>
        where TResidual : struct, IResidual<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        var rows = x.IntLength / inner;
        for (var row = WorkItem.Index; row < rows; row += WorkItem.Count)
        {
            var channel = row % channels;
            var (m, a, b) = (norm.Means[channel], norm.Scale(channel), norm.Shift(channel));
            for (var i = row * inner; i < (row + 1) * inner; i++)
                y[i] = TFunction.Apply(TResidual.Add(((x[i] - m) * a) + b, residual, i), T.Zero);
        }
    }

    /// <summary>
    /// Σ dv and Σ dv · (x − mean), of each part, where dv is the gradient of v = (x − mean) · scale + shift
    /// that f passes on. A rectifier's mask is made again of x: nothing of v need be kept. Where a channel is one part,
    /// its gradients are done.
    /// </summary>
    internal static void GradientSums<T, TMath, TFunction>(
        ArrayView<T> x, ArrayView<T> dy, ChannelNorm<T> norm, ArrayView<T> sums, ArrayView<T> moments,
        ChannelGradients<T> results, int batch, int channels, int inner, int splits)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        for (var i = WorkItem.Index; i < channels * splits; i += WorkItem.Count)
        {
            var (split, channel) = (i / channels, i % channels);
            var first = (int)((long)split * batch / splits);
            var last = (int)((long)(split + 1) * batch / splits);
            var (m, a, b) = (norm.Means[channel], norm.Scale(channel), norm.Shift(channel));
            var (sum, moment) = (T.Zero, T.Zero);
            for (var n = first; n < last; n++)
            {
                var start = ((n * channels) + channel) * inner;
                sum += Runs.Gradients<T, TFunction>(dy, x, start, inner, m, a, b);
                moment += Runs.GradientMoments<T, TFunction>(dy, x, start, inner, m, a, b);
            }

            if (splits == 1)
                results.Set(channel, norm, sum, moment, TMath.FromInt(batch) * TMath.FromInt(inner));
            else
            {
                sums[i] = sum;
                moments[i] = moment;
            }
        }
    }

    /// <summary>
    /// dx = scale · dv − (x − mean) · slope − offset, with dv as in <see cref="GradientSums"/>.
    /// </summary>
    internal static void InputGradient<T, TFunction>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ChannelNorm<T> norm, ChannelGradients<T> factors,
        int channels, int inner)
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T>
    {
        var rows = x.IntLength / inner;
        for (var row = WorkItem.Index; row < rows; row += WorkItem.Count)
        {
            var channel = row % channels;
            var (m, a, b) = (norm.Means[channel], norm.Scale(channel), norm.Shift(channel));
            var (c, d) = (factors.Slopes[channel], factors.Offsets[channel]);
            for (var i = row * inner; i < (row + 1) * inner; i++)
            {
                var v = ((x[i] - m) * a) + b;
                dx[i] = (a * TFunction.Gradient(v, v, dy[i], T.Zero)) - ((x[i] - m) * c) - d;
            }
        }
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelStatistics<T>, int, int, int, int>)Moments<T, TMath>,
        .. Forward<T, IdentityFunction<T>>(),
        .. Forward<T, ReluFunction<T>>(),
        .. Backward<T, TMath, IdentityFunction<T>>(),
        .. Backward<T, TMath, ReluFunction<T>>(),
    ];

    private static IEnumerable<Delegate> Forward<T, TFunction>()
        where T : unmanaged, INumber<T>
        where TFunction : struct, IUnaryFunction<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelNorm<T>, int, int>)
            Normalise<T, NoResidual<T>, TFunction>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelNorm<T>, int, int>)
            Normalise<T, AddedResidual<T>, TFunction>,
    ];

    private static IEnumerable<Delegate> Backward<T, TMath, TFunction>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
        where TFunction : struct, IUnaryFunction<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ChannelNorm<T>, ArrayView<T>, ArrayView<T>, ChannelGradients<T>, int, int, int,
            int>)GradientSums<T, TMath, TFunction>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelNorm<T>, ChannelGradients<T>, int, int>)
            InputGradient<T, TFunction>,
    ];
}
