using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>
/// Keeps gradients small between the backward pass and the optimiser's step, as PyTorch's
/// <c>clip_grad_norm_</c> and <c>clip_grad_value_</c>. Everything stays on the device, in a fixed order, and
/// nothing waits.
/// </summary>
public static class GradientClip
{
    /// <summary>Scales all gradients together so that their common norm is at most a limit.</summary>
    /// <param name="parameters">Parameters; those without a gradient are passed over.</param>
    /// <param name="maxNorm">Largest norm, above 0.</param>
    /// <returns>
    /// The square of the norm before clipping: one element on the device, the caller's (or its scope's);
    /// null without any gradient.
    /// </returns>
    /// <exception cref="InvalidInputException">The limit is not above 0, or types or devices differ.</exception>
    public static Tensor? ByNorm(IEnumerable<Parameter> parameters, double maxNorm)
    {
        var gradients = Gradients(parameters);
        if (gradients.Count == 0)
            return null;
        var square = Tensor.Empty([1], gradients[0].DType, gradients[0].Device, "clip");
        Clip.SumOfSquares(gradients, square.Data);
        foreach (var gradient in gradients)
            Clip.ToNorm(gradient, square.Data, maxNorm);
        return square;
    }

    /// <summary>Limits each element of each gradient to −limit … limit.</summary>
    /// <param name="parameters">Parameters; those without a gradient are passed over.</param>
    /// <param name="limit">Above 0.</param>
    /// <exception cref="InvalidInputException">The limit is not above 0.</exception>
    public static void ByValue(IEnumerable<Parameter> parameters, double limit)
    {
        foreach (var gradient in Gradients(parameters))
            Clip.ToValue(gradient, limit);
    }

    // The gradients of two parameters that were added are one memory: each gets its own before it is changed.
    private static List<DeviceArray> Gradients(IEnumerable<Parameter> parameters)
    {
        var result = new List<DeviceArray>();
        foreach (var parameter in parameters)
        {
            if (parameter.Grad is not { } gradient)
                continue;
            if (gradient.Data.IsShared)
            {
                var own = TensorScope.Detach(Tensor.Like(gradient, operation: "clip"));
                own.Data.MarkRole(MemoryRole.Gradients).CopyFrom(gradient.Data);
                gradient.Dispose();
                parameter.Grad = gradient = own;
            }

            result.Add(gradient.Data);
        }

        return result;
    }
}
