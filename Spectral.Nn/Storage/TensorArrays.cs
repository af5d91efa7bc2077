using System.Runtime.InteropServices;
using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Device memory as arrays of a file, and back. Integers are stored as 64-bit, as PyTorch's are.</summary>
internal static class TensorArrays
{
    internal static NamedArray ToNamed(string name, DeviceArray data, params long[] shape) => data.DType switch
    {
        DType.Float32 => NamedArray.From<float>(name, data.ToArray<float>(), shape),
        DType.Float64 => NamedArray.From<double>(name, data.ToArray<double>(), shape),
        _ => NamedArray.From<long>(name, Array.ConvertAll(data.ToArray<int>(), v => (long)v), shape),
    };

    internal static NamedArray ToNamed(string name, Tensor tensor) =>
        ToNamed(name, tensor.Data, [.. tensor.Shape.Select(e => (long)e)]);

    /// <summary>A stored array as a tensor; 64-bit and other integers become Int32.</summary>
    /// <exception cref="DataFormatException">An element type that no tensor has.</exception>
    internal static Tensor ToTensor(NamedArray array, ComputeDevice device)
    {
        Shape shape = Array.ConvertAll(array.Shape, e => checked((int)e));
        return array.DType switch
        {
            SafeDType.F32 => Tensor.From(array.AsSpan<float>(), shape, device),
            SafeDType.F64 => Tensor.From(array.AsSpan<double>(), shape, device),
            SafeDType.I32 => Tensor.From(array.AsSpan<int>(), shape, device),
            SafeDType.I64 => Tensor.From(
                Array.ConvertAll(array.AsSpan<long>().ToArray(), v => checked((int)v)), shape, device),
            _ => throw new DataFormatException(
                array.Name, $"elements of {array.DType}", "F32, F64, I32 or I64", "convert the array first"),
        };
    }

    /// <summary>Copies a stored array into device memory of the same type and length.</summary>
    /// <exception cref="DataFormatException">It has another type or length.</exception>
    internal static void CopyInto(NamedArray array, DeviceArray target)
    {
        var type = target.DType == DType.Float32 ? SafeDType.F32 : SafeDType.F64;
        if (array.DType != type || array.Count != target.Length)
            throw new DataFormatException(
                array.Name, $"{array.Count} elements of {array.DType}", $"{target.Length} of {type}",
                "resume with the options of the first run");
        if (type == SafeDType.F32)
            target.CopyFrom(MemoryMarshal.Cast<byte, float>(array.Data));
        else
            target.CopyFrom(MemoryMarshal.Cast<byte, double>(array.Data));
    }
}
