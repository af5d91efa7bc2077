using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// How each channel is normalised: (x − mean) · scale + shift, with scale = invStd · γ and shift = β, or invStd and 0
/// without those.
/// </summary>
/// <param name="mean">A value a channel.</param>
/// <param name="invStd">A value a channel.</param>
/// <param name="gamma">A value a channel; any array where there is none.</param>
/// <param name="beta">The same.</param>
/// <param name="isAffine">Whether there are γ and β.</param>
internal readonly struct ChannelNorm<T>(
    ArrayView<T> mean, ArrayView<T> invStd, ArrayView<T> gamma, ArrayView<T> beta, int isAffine)
    where T : unmanaged, INumber<T>
{
    internal readonly ArrayView<T> Means = mean, InvStds = invStd, Gammas = gamma, Betas = beta;

    internal readonly int IsAffine = isAffine;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T Scale(int channel) =>
        IsAffine != 0 ? InvStds[channel] * Gammas[channel] : InvStds[channel];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T Shift(int channel) => IsAffine != 0 ? Betas[channel] : T.Zero;
}

/// <summary>What the statistics of a batch become: mean, invStd, and running ones that follow them.</summary>
/// <param name="mean">Result, a value a channel.</param>
/// <param name="invStd">Result: 1 / √(biased variance + ε).</param>
/// <param name="runningMean">Moves towards the mean; any array where the factor is 0.</param>
/// <param name="runningVar">Moves towards the unbiased variance; the same.</param>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="factor">Weight of this batch in the running statistics.</param>
internal readonly struct ChannelStatistics<T>(
    ArrayView<T> mean, ArrayView<T> invStd, ArrayView<T> runningMean, ArrayView<T> runningVar, T epsilon, T factor)
    where T : unmanaged, INumber<T>
{
    internal readonly ArrayView<T> Means = mean, InvStds = invStd, RunningMeans = runningMean, RunningVars = runningVar;

    internal readonly T Epsilon = epsilon, Factor = factor;

    /// <summary>Those of a channel of <paramref name="count"/> elements, from Σ (x − mean)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set<TMath>(int channel, T mean, T square, T count) where TMath : struct, IRealMath<T>
    {
        Means[channel] = mean;
        InvStds[channel] = T.One / TMath.Sqrt((square / count) + Epsilon);
        if (Factor != T.Zero)
        {
            RunningMeans[channel] += Factor * (mean - RunningMeans[channel]);
            RunningVars[channel] += Factor * ((square / (count - T.One)) - RunningVars[channel]);
        }
    }
}

/// <summary>
/// What the sums of a backward pass become: the gradients of γ and β, and the factors of the pass for dx. With
/// statistics of the batch, dx = scale · (dv − dβ / n − (x − mean) · invStd · dγ / n), else dx = scale · dv.
/// </summary>
/// <param name="dGamma">Result, a value a channel.</param>
/// <param name="dBeta">Result, a value a channel.</param>
/// <param name="slope">Result: what x − mean is multiplied by and dx lessened.</param>
/// <param name="offset">Result: what dx is lessened by besides.</param>
/// <param name="ofBatch">Whether the statistics are those of the batch.</param>
internal readonly struct ChannelGradients<T>(
    ArrayView<T> dGamma, ArrayView<T> dBeta, ArrayView<T> slope, ArrayView<T> offset, int ofBatch)
    where T : unmanaged, INumber<T>
{
    internal readonly ArrayView<T> DGammas = dGamma, DBetas = dBeta, Slopes = slope, Offsets = offset;

    internal readonly int OfBatch = ofBatch;

    /// <summary>Those of a channel of <paramref name="count"/> elements, from Σ dv and Σ dv · (x − mean).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set(int channel, ChannelNorm<T> norm, T sum, T moment, T count)
    {
        var invStd = norm.InvStds[channel];
        DBetas[channel] = sum;
        DGammas[channel] = moment * invStd;
        var share = OfBatch != 0 ? norm.Scale(channel) / count : T.Zero;
        Slopes[channel] = share * invStd * invStd * moment;
        Offsets[channel] = share * sum;
    }
}
