using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// A fully connected layer, [N, in] → [N, out]. Arguments, defaults, initialisation and keys (<c>weight</c>,
/// <c>bias</c>) are those of PyTorch's <c>Linear</c>.
/// </summary>
public sealed class Linear : Module
{
    /// <summary>Makes the layer and draws its initial weights.</summary>
    /// <param name="inFeatures">Inputs, at least 1.</param>
    /// <param name="outFeatures">Outputs, at least 1.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">Device; null takes <see cref="ComputeDevice.Default"/>.</param>
    /// <param name="generator">Source of the initial values; null takes <see cref="Generator.Default"/>.</param>
    /// <exception cref="InvalidInputException">A number is out of range.</exception>
    public Linear(
        int inFeatures, int outFeatures, bool bias = true, DType dtype = DType.Float32,
        ComputeDevice? device = null, Generator? generator = null)
    {
        Throw.Unless(inFeatures >= 1 && outFeatures >= 1, nameof(Linear),
            $"{inFeatures} inputs and {outFeatures} outputs", "at least 1 of each", "correct the layer");
        Weight = RegisterParameter("weight", new Parameter([outFeatures, inFeatures], dtype, device));
        if (bias)
            Bias = RegisterParameter("bias", new Parameter([outFeatures], dtype, device));
        Init.LayerDefault(Weight, Bias, generator);
    }

    /// <summary>[out, in].</summary>
    public Parameter Weight { get; }

    /// <summary>[out], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Linear(x, Weight, Bias);

    /// <inheritdoc/>
    public override string ToString() => $"Linear({Weight.Shape[1]}, {Weight.Shape[0]})";
}
