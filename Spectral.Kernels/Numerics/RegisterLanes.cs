using System.Numerics;
using System.Runtime.Intrinsics;

namespace Spectral.Kernels;

/// <summary>Work that is written for any element type and lanes.</summary>
internal interface ILaneTask
{
    /// <summary>Does it with these.</summary>
    void Run<T, TLanes>()
        where T : unmanaged, INumber<T>
        where TLanes : unmanaged, ILanes<T, TLanes>;
}

/// <summary>Lanes that fill registers of the host's processor, which runs kernels by panels.</summary>
internal static class RegisterLanes
{
    /// <summary>Bytes of a register.</summary>
    internal static int Bytes => HasManyRegisters ? 64 : 32;

    /// <summary>Lanes that fill one register.</summary>
    internal static int One(DType type) => Bytes / type.SizeOf();

    // AVX-512 has thirty-two registers, of twice the size, where AVX has sixteen.
    private static bool HasManyRegisters => Vector512.IsHardwareAccelerated;

    /// <summary>
    /// Lanes of a panel: twice as many where there are registers for twice the sums, so that a multiply-add needs fewer
    /// loads and waits for no other, and where the columns fill them (measured on AVX-512: products of 1024×1024
    /// matrices take 0.76 of the time).
    /// </summary>
    /// <param name="type">Element type.</param>
    /// <param name="bytes">What a panel fills at least.</param>
    /// <param name="columns">Columns of the product.</param>
    internal static int OfPanel(DType type, int bytes, long columns)
    {
        var lanes = bytes / type.SizeOf();
        var (narrow, wide) = (Panels(lanes), 2 * Panels(2 * lanes));
        return HasManyRegisters && 8 * (wide - narrow) <= narrow ? 2 * lanes : lanes;

        long Panels(int width) => (columns + width - 1) / width;
    }

    /// <summary>Whether a tile's sums in such lanes take the registers of AVX-512.</summary>
    internal static bool AreWide(Type lanes) => lanes == typeof(Lanes32<float>) || lanes == typeof(Lanes16<double>);

    /// <summary>Whether such lanes fill half a register of AVX-512.</summary>
    internal static bool AreHalf(Type lanes) => lanes == typeof(Lanes8<float>) || lanes == typeof(Lanes4<double>);

    /// <summary>Does work with lanes that fill one register.</summary>
    internal static void Run(DType type, ILaneTask task) => Run(type, One(type), task);

    /// <summary>Does work with so many lanes.</summary>
    internal static void Run(DType type, int lanes, ILaneTask task)
    {
        switch (type, lanes)
        {
            case (DType.Float32, 32): task.Run<float, Lanes32<float>>(); break;
            case (DType.Float32, 16): task.Run<float, Lanes16<float>>(); break;
            case (DType.Float32, 8): task.Run<float, Lanes8<float>>(); break;
            case (DType.Float64, 16): task.Run<double, Lanes16<double>>(); break;
            case (DType.Float64, 8): task.Run<double, Lanes8<double>>(); break;
            case (DType.Float64, 4): task.Run<double, Lanes4<double>>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(lanes), lanes, $"no such lanes of {type}");
        }
    }
}
