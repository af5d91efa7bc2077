using System.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// A function of one real number with its derivative. Most derivatives are cheapest in terms of the
/// result <c>y</c>, some need the argument <c>x</c>: see <see cref="UnaryKinds.Needs"/>; the other may be
/// anything.
/// </summary>
internal interface IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    /// <summary>f(x), with a parameter that only some functions read.</summary>
    static abstract T Apply(T x, T parameter);

    /// <summary>dy · f'(x).</summary>
    static abstract T Gradient(T x, T y, T dy, T parameter);
}

/// <summary>x itself.</summary>
internal readonly struct IdentityFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => x;

    public static T Gradient(T x, T y, T dy, T parameter) => dy;
}

/// <summary>max(x, 0); its derivative at 0 is 0, as PyTorch's. The comparisons let NaN pass.</summary>
internal readonly struct ReluFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => x <= T.Zero ? T.Zero : x;

    public static T Gradient(T x, T y, T dy, T parameter) => y <= T.Zero ? T.Zero : dy;
}

/// <summary>x or slope · x.</summary>
internal readonly struct LeakyReluFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => x > T.Zero ? x : parameter * x;

    public static T Gradient(T x, T y, T dy, T parameter) => x > T.Zero ? dy : parameter * dy;
}

/// <summary>|x|; its derivative at 0 is 0, as PyTorch's.</summary>
internal readonly struct AbsFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => x < T.Zero ? -x : x;

    public static T Gradient(T x, T y, T dy, T parameter) =>
        x > T.Zero ? dy : x < T.Zero ? -dy : x * dy;
}

/// <summary>x².</summary>
internal readonly struct SquareFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => x * x;

    public static T Gradient(T x, T y, T dy, T parameter) => (dy + dy) * x;
}

/// <summary>factor · x.</summary>
internal readonly struct ScaleFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => parameter * x;

    public static T Gradient(T x, T y, T dy, T parameter) => parameter * dy;
}

/// <summary>x + term.</summary>
internal readonly struct AddScalarFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => x + parameter;

    public static T Gradient(T x, T y, T dy, T parameter) => dy;
}

/// <summary>numerator / x.</summary>
internal readonly struct DivideIntoFunction<T> : IUnaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T x, T parameter) => parameter / x;

    public static T Gradient(T x, T y, T dy, T parameter) => -dy * (parameter / x / x);
}
