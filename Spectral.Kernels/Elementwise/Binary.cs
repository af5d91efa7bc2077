using System.Numerics;

namespace Spectral.Kernels;

/// <summary>Functions of two arguments that <see cref="Binary"/> runs.</summary>
public enum BinaryKind
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,
}

/// <summary>Element-wise functions of two arguments.</summary>
public static class Binary
{
    /// <summary>y = f(a, b), element by element; <paramref name="y"/> may be either argument.</summary>
    /// <exception cref="InvalidInputException">Lengths, element types or devices differ.</exception>
    public static void Apply(BinaryKind kind, DeviceArray a, DeviceArray b, DeviceArray y)
    {
        CheckTypes(kind, a, b, y);
        Throw.Unless(a.Length == b.Length && a.Length == y.Length, kind.ToString(),
            $"lengths {a.Length} and {b.Length} into {y.Length}", "equal lengths",
            "allocate the result like the arguments");
        if (a.DType == DType.Float32)
            Apply<float>(kind, a, b, y);
        else
            Apply<double>(kind, a, b, y);
    }

    /// <summary>
    /// y = f(a, b) with operands repeated along the axes where their extent is 1 or missing (aligned at the
    /// last axis).
    /// </summary>
    /// <param name="kind">The function.</param>
    /// <param name="a">First operand, contiguous.</param>
    /// <param name="aExtents">Its extents.</param>
    /// <param name="b">Second operand, contiguous.</param>
    /// <param name="bExtents">Its extents.</param>
    /// <param name="y">Result, contiguous; it may be an operand of the same extents.</param>
    /// <param name="extents">Extents of the result.</param>
    /// <exception cref="InvalidInputException">
    /// Types or devices differ, extents do not fit, or the walk needs more than six axes.
    /// </exception>
    public static void Broadcast(
        BinaryKind kind, DeviceArray a, ReadOnlySpan<int> aExtents, DeviceArray b, ReadOnlySpan<int> bExtents,
        DeviceArray y, ReadOnlySpan<int> extents)
    {
        if (a.Length == y.Length && b.Length == y.Length)
        {
            Apply(kind, a, b, y);
            return;
        }

        CheckTypes(kind, a, b, y);
        CheckFits(kind, aExtents, extents);
        CheckFits(kind, bExtents, extents);
        var loop = StridedLoop.Of(
            extents, StridedLoop.Broadcast(aExtents, extents), StridedLoop.Broadcast(bExtents, extents),
            kind.ToString());
        if (a.DType == DType.Float32)
            Broadcast<float>(kind, a, b, y, loop);
        else
            Broadcast<double>(kind, a, b, y, loop);
    }

    private static void Apply<T>(BinaryKind kind, DeviceArray a, DeviceArray b, DeviceArray y)
        where T : unmanaged, INumber<T> =>
        a.Device.Launch(
            BinaryKernels.Of<T>(kind).Alike, a.Device.Limits.Elements(a.Length),
            a.View<T>(), b.View<T>(), y.View<T>());

    private static void Broadcast<T>(
        BinaryKind kind, DeviceArray a, DeviceArray b, DeviceArray y, StridedLoop loop)
        where T : unmanaged, INumber<T>
    {
        var runs = StridedRuns.Of(loop, a.Device);
        if (runs.Count > 0)
            a.Device.Launch(
                BinaryKernels.Of<T>(kind).Broadcast, a.Device.Limits.Elements(runs.Count),
                a.View<T>(), b.View<T>(), y.View<T>(), loop, runs);
    }

    private static void CheckTypes(BinaryKind kind, DeviceArray a, DeviceArray b, DeviceArray y) =>
        Throw.Unless(
            a.DType.IsReal() && a.DType == b.DType && a.DType == y.DType
            && a.Device == b.Device && a.Device == y.Device,
            kind.ToString(),
            $"{a.DType} on {a.Device.Info.Id} and {b.DType} on {b.Device.Info.Id} into {y.DType}",
            "one real type and one device", "convert or move one of them");

    private static void CheckFits(BinaryKind kind, ReadOnlySpan<int> extents, ReadOnlySpan<int> to)
    {
        var fits = extents.Length <= to.Length;
        for (var i = 1; fits && i <= extents.Length; i++)
            fits = extents[^i] == 1 || extents[^i] == to[^i];
        Throw.Unless(fits, kind.ToString(),
            $"extents [{string.Join(", ", extents.ToArray())}] for [{string.Join(", ", to.ToArray())}]",
            "extents that are equal or 1, aligned at the last axis", "reshape the operand");
    }
}
