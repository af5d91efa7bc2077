using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>The work between the passes over the data: a few numbers for each channel.</summary>
internal sealed class BatchNormChannelKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    /// <summary>
    /// Joins the moments of the parts (Chan, Golub and LeVeque 1979), whose means are relative to the
    /// channel's first element in <paramref name="x"/>.
    /// </summary>
    internal static void JoinMoments<T, TMath>(
        ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares, ChannelStatistics<T> results,
        int batch, int channels, int inner, int splits)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var c = WorkItem.Index; c < channels; c += WorkItem.Count)
        {
            var (m, square, samples) = (means[c], squares[c], batch / splits);
            for (var split = 1; split < splits; split++)
            {
                var next = (int)((long)(split + 1) * batch / splits);
                var share = TMath.FromInt(next - samples) / TMath.FromInt(next);
                var distance = means[(split * channels) + c] - m;
                square += squares[(split * channels) + c]
                    + (distance * distance * share * TMath.FromInt(samples) * TMath.FromInt(inner));
                m += distance * share;
                samples = next;
            }

            results.Set<TMath>(c, m + x[c * inner], square, TMath.FromInt(batch) * TMath.FromInt(inner));
        }
    }

    /// <summary>1 / √(variance + ε).</summary>
    internal static void InvStd<T, TMath>(ArrayView<T> variance, ArrayView<T> invStd, T epsilon)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var c = WorkItem.Index; c < invStd.IntLength; c += WorkItem.Count)
            invStd[c] = T.One / TMath.Sqrt(variance[c] + epsilon);
    }

    /// <summary>Adds up the sums of the parts.</summary>
    internal static void JoinGradients<T, TMath>(
        ArrayView<T> sums, ArrayView<T> moments, ChannelNorm<T> norm, ChannelGradients<T> results, int channels,
        int count, int splits)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var c = WorkItem.Index; c < channels; c += WorkItem.Count)
        {
            var (sum, moment) = (T.Zero, T.Zero);
            for (var split = 0; split < splits; split++)
            {
                sum += sums[(split * channels) + c];
                moment += moments[(split * channels) + c];
            }

            results.Set(c, norm, sum, moment, TMath.FromInt(count));
        }
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ChannelStatistics<T>, int, int, int, int>)
            JoinMoments<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, T>)InvStd<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, ChannelNorm<T>, ChannelGradients<T>, int, int, int>)
            JoinGradients<T, TMath>,
    ];
}
