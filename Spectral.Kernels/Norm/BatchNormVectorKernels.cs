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
    /// element, so that a mean far from zero costs no digits.
    /// </summary>
    internal static void Moments<T, TMath>(
        ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares,
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
            means[i] = mean;
            squares[i] = square;
        }
    }

    /// <summary>y = (x − mean) · scale + shift; scale and shift hold a value a channel.</summary>
    internal static void Normalise<T>(
        ArrayView<T> x, ArrayView<T> y, ArrayView<T> mean, ArrayView<T> scale, ArrayView<T> shift,
        int channels, int inner)
        where T : unmanaged, INumber<T>
    {
        var rows = x.IntLength / inner;
        for (var row = WorkItem.Index; row < rows; row += WorkItem.Count)
        {
            var channel = row % channels;
            var (m, a, b) = (mean[channel], scale[channel], shift[channel]);
            for (var i = row * inner; i < (row + 1) * inner; i++)
                y[i] = ((x[i] - m) * a) + b;
        }
    }

    /// <summary>Σ dy and Σ dy · (x − mean), of each part.</summary>
    internal static void GradientSums<T>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> mean, ArrayView<T> sums, ArrayView<T> moments,
        int batch, int channels, int inner, int splits)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < channels * splits; i += WorkItem.Count)
        {
            var (split, channel) = (i / channels, i % channels);
            var first = (int)((long)split * batch / splits);
            var last = (int)((long)(split + 1) * batch / splits);
            var (sum, moment) = (T.Zero, T.Zero);
            for (var n = first; n < last; n++)
            {
                var start = ((n * channels) + channel) * inner;
                sum += Runs.Sum(dy, start, inner, T.Zero);
                moment += Runs.Moment(dy, x, start, inner, mean[channel]);
            }

            sums[i] = sum;
            moments[i] = moment;
        }
    }

    /// <summary>dx = scale · dy − (x − mean) · slope − offset; a value a channel of each.</summary>
    internal static void InputGradient<T>(
        ArrayView<T> x, ArrayView<T> dy, ArrayView<T> dx, ArrayView<T> mean,
        ArrayView<T> scale, ArrayView<T> slope, ArrayView<T> offset, int channels, int inner)
        where T : unmanaged, INumber<T>
    {
        var rows = x.IntLength / inner;
        for (var row = WorkItem.Index; row < rows; row += WorkItem.Count)
        {
            var channel = row % channels;
            var (m, a, b, c) = (mean[channel], scale[channel], slope[channel], offset[channel]);
            for (var i = row * inner; i < (row + 1) * inner; i++)
                dx[i] = (a * dy[i]) - ((x[i] - m) * b) - c;
        }
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, int, int>)Moments<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int>)Normalise,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int, int, int, int>)
            GradientSums,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            ArrayView<T>, int, int>)InputGradient,
    ];
}
