using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// How a parameter follows its gradient and its state, with the scalars of a step: a value, so that arrays with the same
/// rule can share a launch.
/// </summary>
internal interface IUpdateRule<TSelf, T>
    where TSelf : unmanaged
    where T : unmanaged, INumber<T>
{
    /// <summary>Changes element <paramref name="i"/> of the parameters and of the state.</summary>
    static abstract void Apply(
        TSelf rule, ArrayView<T> p, ArrayView<T> g, ArrayView<T> first, ArrayView<T> second, int i);
}

/// <summary>p ← p − lr · g, with weight decay; no state.</summary>
internal record struct SgdRule<T> : IUpdateRule<SgdRule<T>, T> where T : unmanaged, INumber<T>
{
    public T LearningRate;
    public T WeightDecay;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(
        SgdRule<T> rule, ArrayView<T> p, ArrayView<T> g, ArrayView<T> first, ArrayView<T> second, int i) =>
        p[i] -= rule.LearningRate * (g[i] + (rule.WeightDecay * p[i]));
}

/// <summary>
/// b ← μ · b + (1 − τ) · g, the first step taking g itself; p follows b, or g + μ · b. The first state is b.
/// </summary>
internal record struct MomentumRule<T> : IUpdateRule<MomentumRule<T>, T> where T : unmanaged, INumber<T>
{
    public T LearningRate;
    public T Momentum;
    public T OneMinusDampening;
    public T WeightDecay;
    public int Nesterov;
    public int FirstStep;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(
        MomentumRule<T> rule, ArrayView<T> p, ArrayView<T> g, ArrayView<T> first, ArrayView<T> second, int i)
    {
        var gradient = g[i] + (rule.WeightDecay * p[i]);
        var buffer = rule.FirstStep != 0
            ? gradient
            : (rule.Momentum * first[i]) + (rule.OneMinusDampening * gradient);
        first[i] = buffer;
        p[i] -= rule.LearningRate * (rule.Nesterov != 0 ? gradient + (rule.Momentum * buffer) : buffer);
    }
}

/// <summary>
/// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), with the bias corrections of a step. The states are
/// the first and the second moment.
/// </summary>
internal record struct AdamRule<T, TMath> : IUpdateRule<AdamRule<T, TMath>, T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public T Beta1;
    public T Beta2;
    public T OneMinusBeta1;
    public T OneMinusBeta2;

    /// <summary>lr / (1 − β₁ᵗ).</summary>
    public T StepSize;

    /// <summary>1 / √(1 − β₂ᵗ).</summary>
    public T RootCorrection;

    public T Epsilon;

    /// <summary>Added to the gradient (Adam); zero for AdamW.</summary>
    public T CoupledDecay;

    /// <summary>Factor of the parameter (AdamW): 1 − lr · decay; one for Adam.</summary>
    public T Shrink;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(
        AdamRule<T, TMath> rule, ArrayView<T> p, ArrayView<T> g, ArrayView<T> first, ArrayView<T> second, int i)
    {
        var gradient = g[i] + (rule.CoupledDecay * p[i]);
        var m = (rule.Beta1 * first[i]) + (rule.OneMinusBeta1 * gradient);
        var v = (rule.Beta2 * second[i]) + (rule.OneMinusBeta2 * gradient * gradient);
        first[i] = m;
        second[i] = v;
        p[i] = (rule.Shrink * p[i]) - (rule.StepSize * m / ((TMath.Sqrt(v) * rule.RootCorrection) + rule.Epsilon));
    }
}
