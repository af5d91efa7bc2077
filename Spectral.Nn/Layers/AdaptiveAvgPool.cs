using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Means of [N, C, L] over as many windows as asked for; see <see cref="Ops.AdaptiveAvgPool1d"/>.</summary>
public sealed class AdaptiveAvgPool1d : Module
{
    private readonly int _outputSize;

    /// <summary>The layer has no parameters.</summary>
    /// <param name="outputSize">Length of the result, at least 1; 1 is the mean over time.</param>
    /// <exception cref="InvalidInputException">The size is below 1.</exception>
    public AdaptiveAvgPool1d(int outputSize = 1)
    {
        Throw.Unless(outputSize >= 1, nameof(AdaptiveAvgPool1d), $"output size {outputSize}", "1 or more",
            "give the length of the result");
        _outputSize = outputSize;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => _outputSize == 1 && x.Rank == 3
        ? Ops.GlobalAvgPool(x, keepAxes: true)
        : Ops.AdaptiveAvgPool1d(x, _outputSize);
}

/// <summary>Means of [N, C, H, W] over as many windows as asked for; see <see cref="Ops.AdaptiveAvgPool2d"/>.</summary>
public sealed class AdaptiveAvgPool2d : Module
{
    private readonly (int H, int W) _outputSize;

    /// <summary>The layer has no parameters.</summary>
    /// <param name="outputSize">Rows and columns of the result, at least 1.</param>
    /// <exception cref="InvalidInputException">A size is below 1.</exception>
    public AdaptiveAvgPool2d((int H, int W) outputSize)
    {
        Throw.Unless(outputSize is { H: >= 1, W: >= 1 }, nameof(AdaptiveAvgPool2d),
            $"output size {outputSize.H}×{outputSize.W}", "1 or more of each", "give the size of the result");
        _outputSize = outputSize;
    }

    /// <summary>Square results.</summary>
    /// <param name="outputSize">Rows and columns of the result; 1 is the mean over all positions.</param>
    /// <exception cref="InvalidInputException">The size is below 1.</exception>
    public AdaptiveAvgPool2d(int outputSize = 1)
        : this((outputSize, outputSize))
    {
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => _outputSize == (1, 1) && x.Rank == 4
        ? Ops.GlobalAvgPool(x, keepAxes: true)
        : Ops.AdaptiveAvgPool2d(x, _outputSize);
}
