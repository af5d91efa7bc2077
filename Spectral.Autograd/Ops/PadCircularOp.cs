using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>Continues a tensor periodically along one axis, at either end.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis, of extent E.</param>
    /// <param name="before">Elements added before it, 0 … E.</param>
    /// <param name="after">Elements added after it, 0 … E.</param>
    /// <returns>The axis has E + before + after elements.</returns>
    /// <exception cref="InvalidInputException">More than one period is asked for.</exception>
    public static Tensor PadCircular(Tensor x, int axis, int before, int after)
    {
        axis = Axes.Normalize(x.Shape, axis, "padCircular");
        var extent = x.Shape[axis];
        Throw.Unless(before >= 0 && before <= extent && after >= 0 && after <= extent, "padCircular",
            $"{before} before and {after} after an axis of {extent}", $"0 to {extent}",
            "pad less, or repeat the tensor first");
        if (before == 0 && after == 0)
            return x;
        return Concat(
            [Narrow(x, axis, extent - before, before), x, Narrow(x, axis, 0, after)], axis);
    }
}
