using System.Numerics;
using ILGPU.Algorithms;

namespace Spectral.Kernels;

/// <summary>
/// The functions of real numbers that kernels need, so that one kernel source serves float and double.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IRealMath<T> where T : unmanaged, INumber<T>
{
    static abstract T Exp(T x);

    static abstract T Log(T x);

    static abstract T Sqrt(T x);

    static abstract T Tanh(T x);

    static abstract T Pow(T x, T exponent);

    static abstract int ToInt(T x);

    static abstract T FromInt(int x);

    static abstract T FromDouble(double x);
}

/// <summary>Single precision.</summary>
internal readonly struct FloatMath : IRealMath<float>
{
    public static float Exp(float x) => XMath.Exp(x);

    public static float Log(float x) => XMath.Log(x);

    public static float Sqrt(float x) => XMath.Sqrt(x);

    // CUDA's own is good to 1e-5 only. Near zero, where 1 − exp would cancel, the first terms of the series.
    public static float Tanh(float x)
    {
        var size = MathF.Abs(x);
        var square = x * x;
        var series = x * (1 + (square * ((-1f / 3) + (square * ((2f / 15) + (square * ((-17f / 315) + (square
            * (62f / 2835)))))))));
        var exp = XMath.Exp(-2 * size);
        var far = (1 - exp) / (1 + exp);
        return size < 0.25f ? series : x < 0 ? -far : far;
    }

    public static float Pow(float x, float exponent) => XMath.Pow(x, exponent);

    public static int ToInt(float x) => (int)x;

    public static float FromInt(int x) => x;

    public static float FromDouble(double x) => (float)x;
}

/// <summary>Double precision.</summary>
internal readonly struct DoubleMath : IRealMath<double>
{
    public static double Exp(double x) => DoubleFunctions.Exp(x);

    public static double Log(double x) => DoubleFunctions.Log(x);

    public static double Sqrt(double x) => XMath.Sqrt(x);

    public static double Tanh(double x) => DoubleFunctions.Tanh(x);

    public static double Pow(double x, double exponent) => DoubleFunctions.Pow(x, exponent);

    public static int ToInt(double x) => (int)x;

    public static double FromInt(int x) => x;

    public static double FromDouble(double x) => x;
}
