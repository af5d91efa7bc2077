using System.Numerics;

namespace Spectral.Kernels;

/// <summary>min(max(x, 0), 6); its derivative at 0 and 6 is 0, as PyTorch's. NaN passes.</summary>
internal readonly struct Relu6Function<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) =>
        x <= T.Zero ? T.Zero : x >= TMath.FromInt(6) ? TMath.FromInt(6) : x;

    public static T Gradient(T x, T y, T dy, T parameter) =>
        x <= T.Zero || x >= TMath.FromInt(6) ? T.Zero : dy;
}

/// <summary>x or p · (e^x − 1).</summary>
internal readonly struct EluFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    // e^x − 1 = 2t / (1 − t) with t = tanh(x/2), which does not cancel near 0.
    public static T Apply(T x, T parameter)
    {
        var t = TMath.Tanh(x / (T.One + T.One));
        return x > T.Zero ? x : parameter * ((t + t) / (T.One - t));
    }

    public static T Gradient(T x, T y, T dy, T parameter) =>
        x > T.Zero ? dy : dy * parameter * TMath.Exp(x);
}

/// <summary>x · σ(x).</summary>
internal readonly struct SiluFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => x * SigmoidFunction<T, TMath>.Apply(x, parameter);

    public static T Gradient(T x, T y, T dy, T parameter)
    {
        var s = SigmoidFunction<T, TMath>.Apply(x, parameter);
        return dy * (s + (x * s * (T.One - s)));
    }
}

/// <summary>log(1 + e^(p·x)) / p.</summary>
internal readonly struct SoftplusFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    // max(z, 0) + log(1 + u) with u = e^−|z|; log(1 + u) keeps its digits for small u because the
    // rounding of 1 + u is divided out again.
    public static T Apply(T x, T parameter)
    {
        var z = parameter * x;
        var u = TMath.Exp(z < T.Zero ? z : -z);
        var one = T.One + u;
        var log = one == T.One ? u : TMath.Log(one) * (u / (one - T.One));
        return (log + (z > T.Zero ? z : T.Zero)) / parameter;
    }

    public static T Gradient(T x, T y, T dy, T parameter) =>
        dy * SigmoidFunction<T, TMath>.Apply(parameter * x, parameter);
}
