using System.Numerics;

namespace Spectral.Kernels;

/// <summary>A function of two real numbers.</summary>
internal interface IBinaryFunction<T> where T : unmanaged, INumber<T>
{
    /// <summary>f(a, b).</summary>
    static abstract T Apply(T a, T b);
}

/// <summary>a + b.</summary>
internal readonly struct AddFunction<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T a, T b) => a + b;
}

/// <summary>a − b.</summary>
internal readonly struct SubtractFunction<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T a, T b) => a - b;
}

/// <summary>a · b.</summary>
internal readonly struct MultiplyFunction<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T a, T b) => a * b;
}

/// <summary>a / b.</summary>
internal readonly struct DivideFunction<T> : IBinaryFunction<T> where T : unmanaged, INumber<T>
{
    public static T Apply(T a, T b) => a / b;
}
