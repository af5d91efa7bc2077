using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Takes batches to the device of a model, in the model's precision, without waiting for the device.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class BatchTensors(Module model) : IDisposable
{
    private readonly StagingRing _ring =
        new(model.Parameters().FirstOrDefault()?.Device ?? ComputeDevice.Default);

    private readonly DType _type = model.Parameters().FirstOrDefault()?.DType ?? DType.Float32;

    internal (Tensor X, Tensor Target) Of(Batch batch)
    {
        var x = _type == DType.Float32
            ? _ring.Upload(batch.ValueSpan)
            : _ring.Upload<double>(Array.ConvertAll(batch.ValueSpan.ToArray(), v => (double)v));
        return (new Tensor(x, batch.Shape), new Tensor(_ring.Upload(batch.LabelSpan), [batch.Count]));
    }

    public void Dispose() => _ring.Dispose();
}
