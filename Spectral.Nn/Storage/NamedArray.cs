using System.Runtime.InteropServices;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Element types of stored arrays, in the order in which files sort them (last first).</summary>
public enum SafeDType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned byte.</summary>
    U8,

    /// <summary>32-bit integer.</summary>
    I32,

    /// <summary>Single precision.</summary>
    F32,

    /// <summary>Double precision.</summary>
    F64,

    /// <summary>64-bit integer.</summary>
    I64,
}

/// <summary>An array with a name, a shape and an element type, as files keep it.</summary>
public sealed class NamedArray
{
    /// <summary>Takes the arrays over without a copy.</summary>
    /// <param name="name">The key.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="shape">Sizes of the axes; empty for a single number.</param>
    /// <param name="data">The elements, row-major, little-endian.</param>
    /// <exception cref="InvalidInputException">Bytes and shape do not fit together.</exception>
    public NamedArray(string name, SafeDType dtype, long[] shape, byte[] data)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            Throw.Unless(size >= 0, name, $"a size of {size}", "0 or more", "correct the shape");
            count = checked(count * size);
        }
        Throw.Unless(
            data.LongLength == checked(count * SizeOf(dtype)), name, $"{data.LongLength} bytes",
            $"shape [{string.Join(", ", shape)}] of {dtype}: {count * SizeOf(dtype)} bytes",
            "give as many elements as the shape holds");
        (Name, DType, Shape, Data) = (name, dtype, shape, data);
    }

    /// <summary>The key.</summary>
    public string Name { get; }

    /// <summary>Element type.</summary>
    public SafeDType DType { get; }

    /// <summary>Sizes of the axes; empty for a single number.</summary>
    public long[] Shape { get; }

    /// <summary>The elements, row-major, little-endian.</summary>
    public byte[] Data { get; }

    /// <summary>How many elements there are.</summary>
    public int Count => Data.Length / SizeOf(DType);

    /// <summary>Copies elements of type float, double, int, long, byte or bool.</summary>
    /// <exception cref="InvalidInputException">Another type, or a shape of another size.</exception>
    public static NamedArray From<T>(string name, ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged =>
        new(name, DTypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements as what they are, without a copy.</summary>
    /// <exception cref="InvalidInputException"><typeparamref name="T"/> is not the element type.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        Throw.Unless(
            DTypeOf<T>() == DType, Name, $"read as {typeof(T).Name}", $"its type {DType}",
            "ask for the type that was stored");
        return MemoryMarshal.Cast<byte, T>(Data);
    }

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(SafeDType dtype) => dtype switch
    {
        SafeDType.Bool or SafeDType.U8 => 1,
        SafeDType.I32 or SafeDType.F32 => 4,
        _ => 8,
    };

    private static SafeDType DTypeOf<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return SafeDType.F32;
        if (typeof(T) == typeof(double))
            return SafeDType.F64;
        if (typeof(T) == typeof(int))
            return SafeDType.I32;
        if (typeof(T) == typeof(long))
            return SafeDType.I64;
        if (typeof(T) == typeof(byte))
            return SafeDType.U8;
        Throw.Unless(
            typeof(T) == typeof(bool), nameof(NamedArray), typeof(T).Name,
            "float, double, int, long, byte or bool", "convert the values first");
        return SafeDType.Bool;
    }
}
