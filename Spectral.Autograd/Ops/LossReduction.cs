using Spectral.Kernels;

namespace Spectral.Autograd;

/// <summary>What becomes of the losses of single rows or elements.</summary>
public enum LossReduction
{
    /// <summary>Their mean, a scalar.</summary>
    Mean,

    /// <summary>Their sum, a scalar.</summary>
    Sum,

    /// <summary>Nothing: one loss a row or element.</summary>
    None,
}

/// <summary>The part that all losses share.</summary>
internal static class Losses
{
    /// <summary>Factor that each of <paramref name="count"/> losses carries.</summary>
    internal static double Scale(LossReduction reduction, int count) =>
        reduction == LossReduction.Mean ? 1.0 / count : 1;

    /// <summary>The losses, or their sum; takes the tensor over.</summary>
    internal static Tensor Reduce(LossReduction reduction, Tensor losses)
    {
        if (reduction == LossReduction.None)
            return losses;
        var sum = Tensor.Like(losses, [], "loss");
        Kernels.Reduce.Sum(losses.Data, sum.Data, 1, losses.Length, 1);
        losses.Dispose();
        return sum;
    }

    internal static void CheckRows(string operation, Tensor x, Tensor target) =>
        Throw.Unless(x.Rank == 2 && target.Rank == 1 && target.Shape[0] == x.Shape[0], operation,
            $"scores {x.Shape} and targets {target.Shape}", "[N, C] and [N]", "reshape them");
}
