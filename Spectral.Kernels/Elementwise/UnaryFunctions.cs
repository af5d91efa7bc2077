using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// A function of one real number with its derivative. Most derivatives are cheapest in terms of the
/// result <c>y</c>, some need the argument <c>x</c>; both are given.
/// </summary>
internal interface IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    /// <summary>f(x), with a parameter that only some functions read.</summary>
    static abstract T Apply(T x, T parameter);

    /// <summary>dy · f'(x).</summary>
    static abstract T Gradient(T x, T y, T dy, T parameter);
}

/// <summary>max(x, 0); its derivative at 0 is 0, as PyTorch's.</summary>
internal readonly struct ReluFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => x > T.Zero ? x : T.Zero;

    public static T Gradient(T x, T y, T dy, T parameter) => y > T.Zero ? dy : T.Zero;
}

/// <summary>e to the x.</summary>
internal readonly struct ExpFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => TMath.Exp(x);

    public static T Gradient(T x, T y, T dy, T parameter) => dy * y;
}
