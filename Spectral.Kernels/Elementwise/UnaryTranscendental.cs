using System.Numerics;

namespace Spectral.Kernels;

/// <summary>e to the x.</summary>
internal readonly struct ExpFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => TMath.Exp(x);

    public static T Gradient(T x, T y, T dy, T parameter) => dy * y;
}

/// <summary>Natural logarithm.</summary>
internal readonly struct LogFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => TMath.Log(x);

    public static T Gradient(T x, T y, T dy, T parameter) => dy / x;
}

/// <summary>Square root; its derivative at 0 is infinite.</summary>
internal readonly struct SqrtFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => TMath.Sqrt(x);

    public static T Gradient(T x, T y, T dy, T parameter) => dy / (y + y);
}

/// <summary>Hyperbolic tangent.</summary>
internal readonly struct TanhFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => TMath.Tanh(x);

    public static T Gradient(T x, T y, T dy, T parameter) => dy * (T.One - (y * y));
}

/// <summary>1 / (1 + e^−x), through the exponential of −|x| so that nothing overflows.</summary>
internal readonly struct SigmoidFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter)
    {
        var e = TMath.Exp(x < T.Zero ? x : -x);
        return (x < T.Zero ? e : T.One) / (T.One + e);
    }

    public static T Gradient(T x, T y, T dy, T parameter) => dy * y * (T.One - y);
}

/// <summary>x · Φ(x).</summary>
internal readonly struct GeluFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => x * NormalDistribution<T, TMath>.Below(x);

    public static T Gradient(T x, T y, T dy, T parameter) =>
        dy * (NormalDistribution<T, TMath>.Below(x) + (x * NormalDistribution<T, TMath>.Density(x)));
}

/// <summary>x to an integer power, by repeated squaring.</summary>
internal readonly struct PowIntegerFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => Power(x, TMath.ToInt(parameter));

    public static T Gradient(T x, T y, T dy, T parameter) =>
        parameter == T.Zero ? T.Zero : dy * parameter * Power(x, TMath.ToInt(parameter) - 1);

    private static T Power(T x, int exponent)
    {
        var product = T.One;
        for (var left = exponent < 0 ? -exponent : exponent; left > 0; left /= 2)
        {
            if (left % 2 == 1)
                product *= x;
            x *= x;
        }

        return exponent < 0 ? T.One / product : product;
    }
}

/// <summary>x to any power.</summary>
internal readonly struct PowRealFunction<T, TMath> : IUnaryFunction<T>
    where T : unmanaged, INumber<T>
    where TMath : struct, IRealMath<T>
{
    public static T Apply(T x, T parameter) => TMath.Pow(x, parameter);

    public static T Gradient(T x, T y, T dy, T parameter) =>
        dy * parameter * TMath.Pow(x, parameter - T.One);
}
