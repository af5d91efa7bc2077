using Spectral.Autograd;

namespace Spectral.Nn;

/// <summary>Joins adjacent axes into one, without copying: [N, C, L] becomes [N, C · L].</summary>
/// <param name="startDim">First axis to join.</param>
/// <param name="endDim">Last axis to join; negative ones count from the last.</param>
public sealed class Flatten(int startDim = 1, int endDim = -1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Ops.Flatten(x, startDim, endDim);
}

/// <summary>Hands its input through.</summary>
public sealed class Identity : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x;
}
