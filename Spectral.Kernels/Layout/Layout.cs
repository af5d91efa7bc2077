using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Copies between arrays seen with strides: transposes, slices, concatenation and broadcasting are all
/// this one operation.
/// </summary>
public static class Layout
{
    /// <summary>
    /// to[toOffset + Σ iₖ·toStrides[k]] = from[fromOffset + Σ iₖ·fromStrides[k]] for every index i.
    /// </summary>
    /// <param name="from">Source.</param>
    /// <param name="fromOffset">Its element at index 0.</param>
    /// <param name="fromStrides">Its elements per step of each axis; 0 repeats.</param>
    /// <param name="to">Target, another array; elements that no index reaches keep their values.</param>
    /// <param name="toOffset">Its element at index 0.</param>
    /// <param name="toStrides">Its elements per step of each axis, so that no two indices meet.</param>
    /// <param name="extents">Extents of the index, outermost first.</param>
    /// <param name="operation">Named in errors.</param>
    /// <exception cref="InvalidInputException">
    /// Types or devices differ, an index leaves an array, or the walk needs more than six axes.
    /// </exception>
    public static void Copy(
        DeviceArray from, int fromOffset, ReadOnlySpan<int> fromStrides,
        DeviceArray to, int toOffset, ReadOnlySpan<int> toStrides,
        ReadOnlySpan<int> extents, string operation = "copy")
    {
        Throw.Unless(from.DType == to.DType && from.Device == to.Device, operation,
            $"{from.DType} on {from.Device.Info.Id} into {to.DType} on {to.Device.Info.Id}",
            "one type and one device", "convert or move the tensor first");
        CheckBounds(from, fromOffset, fromStrides, extents, operation);
        CheckBounds(to, toOffset, toStrides, extents, operation);
        var loop = StridedLoop.Of(extents, fromStrides, toStrides, operation);
        switch (from.DType)
        {
            case DType.Float32: Copy<float>(from, fromOffset, to, toOffset, loop); break;
            case DType.Float64: Copy<double>(from, fromOffset, to, toOffset, loop); break;
            default: Copy<int>(from, fromOffset, to, toOffset, loop); break;
        }
    }

    /// <summary>Repeats a contiguous array to larger extents (NumPy's broadcasting).</summary>
    /// <param name="from">Source.</param>
    /// <param name="fromExtents">Its extents.</param>
    /// <param name="to">Target, contiguous.</param>
    /// <param name="toExtents">Its extents.</param>
    /// <exception cref="InvalidInputException">As for <see cref="Copy(DeviceArray, int,
    /// ReadOnlySpan{int}, DeviceArray, int, ReadOnlySpan{int}, ReadOnlySpan{int}, string)"/>.</exception>
    public static void Broadcast(
        DeviceArray from, ReadOnlySpan<int> fromExtents, DeviceArray to, ReadOnlySpan<int> toExtents) =>
        Copy(from, 0, StridedLoop.Broadcast(fromExtents, toExtents),
            to, 0, StridedLoop.Contiguous(toExtents), toExtents, "broadcast");

    private static void Copy<T>(
        DeviceArray from, int fromOffset, DeviceArray to, int toOffset, StridedLoop loop)
        where T : unmanaged, INumber<T>
    {
        var runs = StridedRuns.Of(loop, from.Device);
        if (runs.Count == 0)
            return;
        Action<ArrayView<T>, ArrayView<T>, StridedLoop, StridedRuns> kernel = LayoutKernels.Copy;
        from.Device.Launch(kernel, from.Device.Limits.Elements(runs.Count),
            from.View<T>().SubView(fromOffset, from.Length - fromOffset),
            to.View<T>().SubView(toOffset, to.Length - toOffset), loop, runs);
    }

    private static void CheckBounds(
        DeviceArray array, int offset, ReadOnlySpan<int> strides, ReadOnlySpan<int> extents, string operation)
    {
        Throw.Unless(strides.Length == extents.Length, operation,
            $"{strides.Length} strides for {extents.Length} axes", "one for each axis", "give as many");
        long last = offset;
        for (var i = 0; i < extents.Length; i++)
        {
            if (extents[i] == 0)
                return;
            last += (extents[i] - 1L) * strides[i];
        }

        Throw.Unless(offset >= 0 && last < array.Length, operation, $"elements {offset} to {last}",
            $"0 to {array.Length - 1}", "check offset and strides");
    }
}
