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

/// <summary>Lanes that fill one register of the host's processor, which runs kernels by panels.</summary>
internal static class RegisterLanes
{
    /// <summary>Elements of a register.</summary>
    internal static int Of(DType type) => (Vector512.IsHardwareAccelerated ? 64 : 32) / type.SizeOf();

    /// <summary>Does work for an element type with such lanes.</summary>
    internal static void Run(DType type, ILaneTask task)
    {
        switch (type, Vector512.IsHardwareAccelerated)
        {
            case (DType.Float32, true): task.Run<float, Lanes16<float>>(); break;
            case (DType.Float32, false): task.Run<float, Lanes8<float>>(); break;
            case (_, true): task.Run<double, Lanes8<double>>(); break;
            default: task.Run<double, Lanes4<double>>(); break;
        }
    }
}
