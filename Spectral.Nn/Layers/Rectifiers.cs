using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>min(max(x, 0), 6), any shape.</summary>
public sealed class Relu6 : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Relu6(x);
}

/// <summary>x where it is positive, else alpha · (eˣ − 1); any shape.</summary>
/// <param name="alpha">Minus the limit far below zero.</param>
public sealed class Elu(double alpha = 1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Elu(x, alpha);
}

/// <summary><see cref="Elu"/> scaled so that activations normalise themselves (Klambauer et al. 2017).</summary>
public sealed class Selu : Module
{
    // The constants of the paper.
    private const double Alpha = 1.6732632423543772, Factor = 1.0507009873554805;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        using var elu = Ops.Elu(x, Alpha);
        return Ops.Scale(elu, Factor);
    }
}

/// <summary>x / (1 + e⁻ˣ), any shape.</summary>
public sealed class Silu : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Silu(x);
}

/// <summary>log(1 + e^(beta·x)) / beta, any shape.</summary>
/// <param name="beta">Sharpness, above 0.</param>
public sealed class Softplus(double beta = 1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Softplus(x, beta);
}

/// <summary>x · tanh(softplus(x)), any shape.</summary>
public sealed class Mish : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        using var softplus = Ops.Softplus(x);
        using var gate = Ops.Tanh(softplus);
        return x * gate;
    }
}

/// <summary>relu6(x + 3) / 6, any shape.</summary>
public sealed class Hardsigmoid : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        using var shifted = Ops.AddScalar(x, 3);
        using var cut = Ops.Relu6(shifted);
        return Ops.Scale(cut, 1.0 / 6);
    }
}

/// <summary>x · relu6(x + 3) / 6, any shape.</summary>
public sealed class Hardswish : Module
{
    private readonly Hardsigmoid _gate = new();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        using var gate = _gate.Forward(x);
        return x * gate;
    }
}

/// <summary>x where it is positive, else a · x with trained slopes a, under the key <c>weight</c>.</summary>
public sealed class PRelu : Module
{
    /// <summary>Makes the layer.</summary>
    /// <param name="numParameters">1 for one slope, or the channels for one slope each.</param>
    /// <param name="init">Slopes at the start.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="device">Device; null takes <see cref="ComputeDevice.Default"/>.</param>
    /// <exception cref="InvalidInputException"><paramref name="numParameters"/> is below 1.</exception>
    public PRelu(
        int numParameters = 1, double init = 0.25, DType dtype = DType.Float32, ComputeDevice? device = null)
    {
        Throw.Unless(numParameters >= 1, nameof(PRelu), $"{numParameters} slopes", "1 or more",
            "give 1 or the number of channels");
        Weight = RegisterParameter("weight", new Parameter([numParameters], dtype, device));
        Init.Constant(Weight, init);
    }

    /// <summary>Slopes [1] or [C].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Throw.Unless(Weight.Length == 1 || (x.Rank >= 2 && x.Shape[1] == Weight.Length), nameof(PRelu),
            $"a tensor {x.Shape}", $"[N, {Weight.Length}, …]", "match the slopes to the channels");
        var shape = new int[Math.Max(1, x.Rank - 1)];
        Array.Fill(shape, 1);
        shape[0] = Weight.Length;
        using var positive = Ops.Relu(x);
        using var negative = x - positive;
        using var slopes = Weight.Length == 1 ? Weight.Reshape(1) : Weight.Reshape(shape);
        using var scaled = negative * slopes;
        return positive + scaled;
    }
}
