using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>Stride, padding and dilation of a one-dimensional convolution; a value.</summary>
/// <param name="Stride">Distance of outputs, at least 1.</param>
/// <param name="Padding">Zeros before the series, 0 or more.</param>
/// <param name="PaddingAfter">Zeros after it; null for as many as before.</param>
/// <param name="Dilation">Distance of filter taps, at least 1.</param>
public readonly record struct Conv1dSettings(
    int Stride = 1, int Padding = 0, int? PaddingAfter = null, int Dilation = 1)
{
    /// <summary>A dense convolution without padding.</summary>
    public Conv1dSettings()
        : this(1)
    {
    }

    /// <summary>Checks the operands of a convolution and gives its axis.</summary>
    internal static ConvAxis Check(
        string operation, Tensor x, Tensor weight, Tensor? bias, Conv1dSettings settings)
    {
        Throw.Unless(x.Rank == 3 && weight.Rank == 3 && x.Shape[1] == weight.Shape[1], operation,
            $"input {x.Shape} and filters {weight.Shape}", "input [N, C, L] and filters [K, C, R] with one C",
            "reshape the input or make the layer for its channels");
        Throw.Unless(bias is null || bias.Shape == [weight.Shape[0]], operation, $"bias {bias?.Shape}",
            $"[{weight.Shape[0]}]", "give one bias a filter");
        Throw.Unless(
            x.DType.IsReal() && x.DType == weight.DType && (bias is null || bias.DType == x.DType)
            && x.Device == weight.Device, operation,
            $"input {x.DType} on {x.Device.Info.Id}, filters {weight.DType} on {weight.Device.Info.Id}",
            "one real type on one device", "convert one of them");
        Throw.Unless(x.Shape[0] >= 1, operation, "an empty batch", "at least one series", "skip empty batches");
        var axis = new ConvAxis(
            x.Shape[2], weight.Shape[2], settings.Stride, settings.Padding,
            settings.PaddingAfter ?? settings.Padding, settings.Dilation);
        axis.Validate(operation);
        return axis;
    }

    /// <summary>Σ dy over batch and length: [N, K, O] → [K].</summary>
    internal static Tensor BiasGradient(Tensor dy)
    {
        var shape = ConvShape.OneAxis(dy.Shape[0], 1, dy.Shape[1], new ConvAxis(dy.Shape[2], 1));
        var result = Tensor.Like(dy, [shape.K]);
        DirectConv.BiasGradient(shape, dy.Data, result.Data);
        return result;
    }
}
