using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Spectral.Kernels;

/// <summary>One element: for rows too short for more.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lanes1<T> : ILanes<T, Lanes1<T>> where T : unmanaged, INumber<T>
{
    public T V0;

    public static int Width => 1;

    public static Lanes1<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Fill(T value)
    {
        Lanes1<T> all;
        all.V0 = value;
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Add(Lanes1<T> sum, T a, Lanes1<T> b)
    {
        sum.V0 += a * b.V0;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Add(Lanes1<T> sum, Lanes1<T> a, Lanes1<T> b)
    {
        sum.V0 += a.V0 * b.V0;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Subtract(Lanes1<T> sum, T a, Lanes1<T> b)
    {
        sum.V0 -= a * b.V0;
        return sum;
    }
}

/// <summary>Four elements: 16 bytes of floats, the widest access of a GPU.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lanes4<T> : ILanes<T, Lanes4<T>> where T : unmanaged, INumber<T>
{
    public T V0, V1, V2, V3;

    public static int Width => 4;

    public static Lanes4<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4<T> Fill(T value)
    {
        Lanes4<T> all;
        all.V0 = value;
        all.V1 = value;
        all.V2 = value;
        all.V3 = value;
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4<T> Add(Lanes4<T> sum, T a, Lanes4<T> b)
    {
        sum.V0 += a * b.V0;
        sum.V1 += a * b.V1;
        sum.V2 += a * b.V2;
        sum.V3 += a * b.V3;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4<T> Add(Lanes4<T> sum, Lanes4<T> a, Lanes4<T> b)
    {
        sum.V0 += a.V0 * b.V0;
        sum.V1 += a.V1 * b.V1;
        sum.V2 += a.V2 * b.V2;
        sum.V3 += a.V3 * b.V3;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4<T> Subtract(Lanes4<T> sum, T a, Lanes4<T> b)
    {
        sum.V0 -= a * b.V0;
        sum.V1 -= a * b.V1;
        sum.V2 -= a * b.V2;
        sum.V3 -= a * b.V3;
        return sum;
    }
}

/// <summary>Eight elements: one AVX register of floats.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lanes8<T> : ILanes<T, Lanes8<T>> where T : unmanaged, INumber<T>
{
    public T V0, V1, V2, V3, V4, V5, V6, V7;

    public static int Width => 8;

    public static Lanes8<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8<T> Fill(T value)
    {
        Lanes8<T> all;
        all.V0 = value;
        all.V1 = value;
        all.V2 = value;
        all.V3 = value;
        all.V4 = value;
        all.V5 = value;
        all.V6 = value;
        all.V7 = value;
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8<T> Add(Lanes8<T> sum, T a, Lanes8<T> b)
    {
        sum.V0 += a * b.V0;
        sum.V1 += a * b.V1;
        sum.V2 += a * b.V2;
        sum.V3 += a * b.V3;
        sum.V4 += a * b.V4;
        sum.V5 += a * b.V5;
        sum.V6 += a * b.V6;
        sum.V7 += a * b.V7;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8<T> Add(Lanes8<T> sum, Lanes8<T> a, Lanes8<T> b)
    {
        sum.V0 += a.V0 * b.V0;
        sum.V1 += a.V1 * b.V1;
        sum.V2 += a.V2 * b.V2;
        sum.V3 += a.V3 * b.V3;
        sum.V4 += a.V4 * b.V4;
        sum.V5 += a.V5 * b.V5;
        sum.V6 += a.V6 * b.V6;
        sum.V7 += a.V7 * b.V7;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8<T> Subtract(Lanes8<T> sum, T a, Lanes8<T> b)
    {
        sum.V0 -= a * b.V0;
        sum.V1 -= a * b.V1;
        sum.V2 -= a * b.V2;
        sum.V3 -= a * b.V3;
        sum.V4 -= a * b.V4;
        sum.V5 -= a * b.V5;
        sum.V6 -= a * b.V6;
        sum.V7 -= a * b.V7;
        return sum;
    }
}

/// <summary>Sixteen elements, as two times eight.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lanes16<T> : ILanes<T, Lanes16<T>> where T : unmanaged, INumber<T>
{
    public Lanes8<T> Low, High;

    public static int Width => 16;

    public static Lanes16<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16<T> Fill(T value)
    {
        Lanes16<T> all;
        all.Low = Lanes8<T>.Fill(value);
        all.High = all.Low;
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16<T> Add(Lanes16<T> sum, T a, Lanes16<T> b)
    {
        sum.Low = Lanes8<T>.Add(sum.Low, a, b.Low);
        sum.High = Lanes8<T>.Add(sum.High, a, b.High);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16<T> Add(Lanes16<T> sum, Lanes16<T> a, Lanes16<T> b)
    {
        sum.Low = Lanes8<T>.Add(sum.Low, a.Low, b.Low);
        sum.High = Lanes8<T>.Add(sum.High, a.High, b.High);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16<T> Subtract(Lanes16<T> sum, T a, Lanes16<T> b)
    {
        sum.Low = Lanes8<T>.Subtract(sum.Low, a, b.Low);
        sum.High = Lanes8<T>.Subtract(sum.High, a, b.High);
        return sum;
    }
}

/// <summary>Thirty-two elements, as two times sixteen.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lanes32<T> : ILanes<T, Lanes32<T>> where T : unmanaged, INumber<T>
{
    public Lanes16<T> Low, High;

    public static int Width => 32;

    public static Lanes32<T> Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32<T> Fill(T value)
    {
        Lanes32<T> all;
        all.Low = Lanes16<T>.Fill(value);
        all.High = all.Low;
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32<T> Add(Lanes32<T> sum, T a, Lanes32<T> b)
    {
        sum.Low = Lanes16<T>.Add(sum.Low, a, b.Low);
        sum.High = Lanes16<T>.Add(sum.High, a, b.High);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32<T> Add(Lanes32<T> sum, Lanes32<T> a, Lanes32<T> b)
    {
        sum.Low = Lanes16<T>.Add(sum.Low, a.Low, b.Low);
        sum.High = Lanes16<T>.Add(sum.High, a.High, b.High);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32<T> Subtract(Lanes32<T> sum, T a, Lanes32<T> b)
    {
        sum.Low = Lanes16<T>.Subtract(sum.Low, a, b.Low);
        sum.High = Lanes16<T>.Subtract(sum.High, a, b.High);
        return sum;
    }
}
