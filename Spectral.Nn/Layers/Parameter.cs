using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// A tensor that training changes: a leaf that requires a gradient and that no <see cref="TensorScope"/>
/// frees. It lives until it, or the module that registered it, is disposed.
/// </summary>
public sealed class Parameter : Tensor
{
    /// <summary>Takes over one reference of the memory.</summary>
    /// <param name="data">The values, row-major.</param>
    /// <param name="shape">Extents.</param>
    /// <exception cref="InvalidInputException">The memory has another length, or holds integers.</exception>
    public Parameter(DeviceArray data, Shape shape)
        : base(data, shape)
    {
        TensorScope.Detach(this);
        data.MarkRole(MemoryRole.Parameters);
        RequiresGrad = true;
    }

    /// <summary>A parameter with undefined values, to be filled by <see cref="Init"/>.</summary>
    /// <param name="shape">Extents.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">Device; null takes <see cref="ComputeDevice.Default"/>.</param>
    public Parameter(Shape shape, DType dtype = DType.Float32, ComputeDevice? device = null)
        : this(new DeviceArray(device ?? ComputeDevice.Default, dtype, shape.Elements, "parameter"), shape)
    {
    }

    /// <summary>Frees <see cref="Tensor.Grad"/> and forgets it.</summary>
    public void ZeroGrad()
    {
        Grad?.Dispose();
        Grad = null;
    }
}
