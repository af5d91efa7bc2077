using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>Fused optimiser steps: one pass over parameter, gradient and state.</summary>
internal sealed class UpdateKernels : IKernelForms
{
    public static IEnumerable<Delegate> Forms() =>
    [
        .. Forms<float, FloatMath>(),
        .. Forms<double, DoubleMath>(),
    ];

    /// <summary>p ← p − lr · g, with weight decay; no state.</summary>
    internal static void Sgd<T>(ArrayView<T> p, ArrayView<T> g, SgdArguments<T> a)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < p.IntLength; i += WorkItem.Count)
            p[i] -= a.LearningRate * (g[i] + (a.WeightDecay * p[i]));
    }

    /// <summary>b ← μ · b + (1 − τ) · g, the first step taking g itself; p follows b, or g + μ · b.</summary>
    internal static void SgdMomentum<T>(
        ArrayView<T> p, ArrayView<T> g, ArrayView<T> momentum, SgdArguments<T> a)
        where T : unmanaged, INumber<T>
    {
        for (var i = WorkItem.Index; i < p.IntLength; i += WorkItem.Count)
        {
            var gradient = g[i] + (a.WeightDecay * p[i]);
            var buffer = a.FirstStep != 0
                ? gradient
                : (a.Momentum * momentum[i]) + (a.OneMinusDampening * gradient);
            momentum[i] = buffer;
            p[i] -= a.LearningRate * (a.Nesterov != 0 ? gradient + (a.Momentum * buffer) : buffer);
        }
    }

    /// <summary>Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019).</summary>
    internal static void Adam<T, TMath>(
        ArrayView<T> p, ArrayView<T> g, ArrayView<T> first, ArrayView<T> second, AdamArguments<T> a)
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T>
    {
        for (var i = WorkItem.Index; i < p.IntLength; i += WorkItem.Count)
        {
            var gradient = g[i] + (a.CoupledDecay * p[i]);
            var m = (a.Beta1 * first[i]) + (a.OneMinusBeta1 * gradient);
            var v = (a.Beta2 * second[i]) + (a.OneMinusBeta2 * gradient * gradient);
            first[i] = m;
            second[i] = v;
            p[i] = (a.Shrink * p[i]) - (a.StepSize * m / ((TMath.Sqrt(v) * a.RootCorrection) + a.Epsilon));
        }
    }

    private static IEnumerable<Delegate> Forms<T, TMath>()
        where T : unmanaged, INumber<T>
        where TMath : struct, IRealMath<T> =>
    [
        (Action<ArrayView<T>, ArrayView<T>, SgdArguments<T>>)Sgd,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, SgdArguments<T>>)SgdMomentum,
        (Action<ArrayView<T>, ArrayView<T>, ArrayView<T>, ArrayView<T>, AdamArguments<T>>)Adam<T, TMath>,
    ];
}
