using Spectral.Kernels;

namespace Spectral.Autograd;

/// <content>Making tensors and reading them back.</content>
public partial class Tensor
{
    /// <summary>A tensor with undefined contents.</summary>
    /// <param name="shape">Extents.</param>
    /// <param name="type">Element type.</param>
    /// <param name="device">Device; null takes <see cref="ComputeDevice.Default"/>.</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    /// <exception cref="DeviceMemoryException">Memory ran out.</exception>
    public static Tensor Empty(
        Shape shape, DType type = DType.Float32, ComputeDevice? device = null, string operation = "tensor") =>
        new(new DeviceArray(device ?? ComputeDevice.Default, type, shape.Elements, operation), shape);

    /// <summary>Undefined contents, with the type and device of <paramref name="other"/>.</summary>
    /// <param name="other">The model.</param>
    /// <param name="shape">Extents; null takes the model's.</param>
    /// <param name="operation">Named in the error when memory runs out.</param>
    public static Tensor Like(Tensor other, Shape? shape = null, string operation = "tensor") =>
        Empty(shape ?? other.Shape, other.DType, other.Device, operation);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape, DType type = DType.Float32, ComputeDevice? device = null)
    {
        var tensor = Empty(shape, type, device);
        tensor.Data.Clear();
        return tensor;
    }

    /// <summary>A tensor of one value.</summary>
    public static Tensor Full(Shape shape, double value, DType type = DType.Float32, ComputeDevice? device = null)
    {
        var tensor = Empty(shape, type, device);
        if (type.IsReal())
        {
            Fill.With(tensor.Data, value);
        }
        else
        {
            var integers = new int[shape.Elements];
            Array.Fill(integers, (int)value);
            tensor.Data.CopyFrom<int>(integers);
        }

        return tensor;
    }

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(Shape shape, DType type = DType.Float32, ComputeDevice? device = null) =>
        Full(shape, 1, type, device);

    /// <summary>Copies host values, row-major, keeping their type (float, double or int).</summary>
    /// <exception cref="InvalidInputException">As many values as the shape holds are needed.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape, ComputeDevice? device = null)
        where T : unmanaged
    {
        Throw.Unless(values.Length == shape.Elements, "tensor", $"{values.Length} values for shape {shape}",
            $"{shape.Elements}", "give as many values as the shape holds");
        var tensor = Empty(shape, DTypes.Of<T>(), device);
        tensor.Data.CopyFrom(values);
        return tensor;
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, Shape, ComputeDevice?)"/>
    public static Tensor From<T>(T[] values, Shape shape, ComputeDevice? device = null) where T : unmanaged =>
        From<T>(values.AsSpan(), shape, device);

    /// <summary>Copies host values given in double, narrowed to <paramref name="type"/>.</summary>
    public static Tensor FromDoubles(
        ReadOnlySpan<double> values, Shape shape, DType type, ComputeDevice? device = null)
    {
        if (type == DType.Float64)
            return From(values, shape, device);
        var narrow = new float[values.Length];
        for (var i = 0; i < narrow.Length; i++)
            narrow[i] = (float)values[i];
        return From<float>(narrow, shape, device);
    }

    /// <summary>The elements on the host, row-major; waits for the device.</summary>
    /// <exception cref="InvalidInputException"><typeparamref name="T"/> is not the element type.</exception>
    public T[] ToArray<T>() where T : unmanaged => Data.ToArray<T>();

    /// <summary>The elements on the host, widened to double.</summary>
    public double[] ToDoubles() => DType switch
    {
        DType.Float64 => Data.ToArray<double>(),
        DType.Float32 => Array.ConvertAll(Data.ToArray<float>(), v => (double)v),
        _ => Array.ConvertAll(Data.ToArray<int>(), v => (double)v),
    };

    /// <summary>The value of a tensor of one element; waits for the device.</summary>
    public double Item()
    {
        Throw.Unless(Length == 1, "item", $"{Length} elements", "exactly one", "index or reduce the tensor");
        return ToDoubles()[0];
    }
}
