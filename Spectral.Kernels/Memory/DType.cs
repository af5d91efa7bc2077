namespace Spectral.Kernels;

/// <summary>Element type of device memory.</summary>
public enum DType
{
    /// <summary>32-bit IEEE float.</summary>
    Float32,

    /// <summary>64-bit IEEE float.</summary>
    Float64,

    /// <summary>32-bit signed integer (labels, indices).</summary>
    Int32,
}

/// <summary>Sizes and .NET types of <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(this DType type) => type == DType.Float64 ? 8 : 4;

    /// <summary>Whether the type is a floating-point one.</summary>
    public static bool IsReal(this DType type) => type != DType.Int32;

    /// <summary>The element type of <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidInputException"><typeparamref name="T"/> is none of the three.</exception>
    public static DType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return DType.Float32;
        if (typeof(T) == typeof(double))
            return DType.Float64;
        Throw.Unless(typeof(T) == typeof(int), "dtype", $"{typeof(T).Name} elements",
            "float, double or int", "convert the values first");
        return DType.Int32;
    }
}
