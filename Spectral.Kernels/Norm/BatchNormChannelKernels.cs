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
    /// channel's first element in <paramref name="x"/>; gives mean and 1 / √(variance + ε), and moves the
    /// running mean and unbiased variance towards them if there are any (factor not 0).
    /// </summary>
    internal static void JoinMoments<T, TMath>(
        ArrayView<T> x, ArrayView<T> means, ArrayView<T> squares, ArrayView<T> mean, ArrayView<T> invStd,
        ArrayView<T> runningMean, ArrayView<T> runningVar,
        int batch, int inner, int splits, T epsilon, T factor)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var channels = mean.IntLength;
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

            var count = TMath.FromInt(batch) * TMath.FromInt(inner);
            m += x[c * inner];
            mean[c] = m;
            invStd[c] = T.One / TMath.Sqrt((square / count) + epsilon);
            if (factor != T.Zero)
            {
                runningMean[c] += factor * (m - runningMean[c]);
                runningVar[c] += factor * ((square / (count - T.One)) - runningVar[c]);
            }
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

    /// <summary>
    /// What a normalising pass multiplies by and adds: invStd · γ and β, or without affine invStd and 0.
    /// </summary>
    internal static void Scales<T>(
        ArrayView<T> invStd, ArrayView<T> gamma, ArrayView<T> beta,
        ArrayView<T> scale, ArrayView<T> shift, int affine)
        where T : unmanaged, INumber<T>
    {
        for (var c = WorkItem.Index; c < invStd.IntLength; c += WorkItem.Count)
        {
            scale[c] = affine != 0 ? invStd[c] * gamma[c] : invStd[c];
            shift[c] = affine != 0 ? beta[c] : T.Zero;
        }
    }

    /// <summary>
    /// Adds up the parts: dγ = invStd · Σ dy · (x − mean), dβ = Σ dy, and what the pass for dx multiplies by.
    /// With statistics of the batch (<paramref name="training"/>),
    /// dx = γ · invStd · (dy − dβ / n − (x − mean) · invStd · dγ / n); else dx = γ · invStd · dy.
    /// </summary>
    internal static void JoinGradients<T, TMath>(
        ArrayView<T> sums, ArrayView<T> moments, ArrayView<T> invStd, ArrayView<T> gamma, ArrayView<T> dGamma,
        ArrayView<T> dBeta, ArrayView<T> factors, int count, int splits, int affine, int training)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        var channels = invStd.IntLength;
        for (var c = WorkItem.Index; c < channels; c += WorkItem.Count)
        {
            var (sum, moment) = (T.Zero, T.Zero);
            for (var split = 0; split < splits; split++)
            {
                sum += sums[(split * channels) + c];
                moment += moments[(split * channels) + c];
            }

            dBeta[c] = sum;
            dGamma[c] = moment * invStd[c];
            var scale = affine != 0 ? invStd[c] * gamma[c] : invStd[c];
            var share = training != 0 ? scale / TMath.FromInt(count) : T.Zero;
            factors[c] = scale;
            factors[channels + c] = share * invStd[c] * invStd[c] * moment;
            factors[(2 * channels) + c] = share * sum;
        }
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            ArrayView<T>, int, int, int, T, T>)JoinMoments<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, T>)InvStd<T, TMath>,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, int>)Scales,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>,
            ArrayView<T>, int, int, int, int>)JoinGradients<T, TMath>,
    ];
}
