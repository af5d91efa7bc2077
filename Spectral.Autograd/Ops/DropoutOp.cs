using Spectral.Kernels;

namespace Spectral.Autograd;

public static partial class Ops
{
    /// <summary>
    /// In training, sets elements to 0 with a probability and scales the rest by 1 / (1 − probability);
    /// otherwise passes x unchanged. The mask depends on the generator's state alone, not on the device,
    /// and is not kept: the backward pass draws it again.
    /// </summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="probability">Of an element being dropped, from 0 to 1.</param>
    /// <param name="training">Whether anything is dropped at all.</param>
    /// <param name="generator">Source of the mask; null takes <see cref="Generator.Default"/>.</param>
    /// <returns>A new tensor; it shares the memory of x where nothing is dropped.</returns>
    /// <exception cref="InvalidInputException">The probability is out of range.</exception>
    public static Tensor Dropout(
        Tensor x, double probability = 0.5, bool training = true, Generator? generator = null)
    {
        Throw.Unless(probability is >= 0 and <= 1, "dropout", $"probability {probability}", "0 to 1",
            "give the share of elements to drop");
        if (!training || probability == 0)
            return Reshape(x, x.Shape.Extents);
        generator ??= Generator.Default;
        var block = generator.ReserveBlocks(DropoutMask.BlocksOf(x.Length));
        var first = new GeneratorState(generator.Seed, generator.Stream, block);
        var y = Tensor.Like(x, operation: "dropout");
        DropoutMask.Apply(x.Data, y.Data, probability, first);
        return Tape.Record(y, [x], () => new DropoutRule(probability, first), "dropout");
    }

    private sealed class DropoutRule(double probability, GeneratorState first) : BackwardRule
    {
        public override string Name => "dropout";

        protected internal override Tensor?[] Backward(Tensor dy)
        {
            var dx = Tensor.Like(dy, operation: Name);
            DropoutMask.Apply(dy.Data, dx.Data, probability, first);
            return [dx];
        }
    }
}
