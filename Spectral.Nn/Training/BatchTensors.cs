using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Takes a batch to the device of a model, in the model's precision.</summary>
internal static class BatchTensors
{
    internal static (Tensor X, Tensor Target) Of(Batch batch, Module model)
    {
        var first = model.Parameters().FirstOrDefault();
        var (device, type) = (first?.Device ?? ComputeDevice.Default, first?.DType ?? DType.Float32);
        Shape shape = batch.Shape;
        var x = type == DType.Float32
            ? Tensor.From(batch.ValueSpan, shape, device)
            : Tensor.From(Array.ConvertAll(batch.ValueSpan.ToArray(), v => (double)v), shape, device);
        return (x, Tensor.From(batch.LabelSpan, [batch.Count], device));
    }
}
