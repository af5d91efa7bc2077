using System.Numerics;
using ILGPU;

namespace Spectral.Kernels;

/// <summary>
/// Zeroing of random elements. The mask is a function of the generator's state and the element's index
/// alone: the same on every device, and drawn again in the backward pass instead of being kept.
/// </summary>
public static class DropoutMask
{
    private const double Words = 4294967296.0; // 2^32

    /// <summary>How many of the generator's blocks so many elements use.</summary>
    public static ulong BlocksOf(int length) => ((ulong)length + 3) / 4;

    /// <summary>y = x / (1 − p) with probability 1 − p, 0 otherwise, element by element.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="y">Results, as many; may be <paramref name="x"/>.</param>
    /// <param name="probability">p, of an element becoming 0, from 0 to 1.</param>
    /// <param name="first">Seed and stream, and as offset the first block to use.</param>
    /// <exception cref="InvalidInputException">
    /// Lengths or types differ, or the probability is out of range.
    /// </exception>
    public static void Apply(DeviceArray x, DeviceArray y, double probability, GeneratorState first)
    {
        Throw.Unless(probability is >= 0 and <= 1, "dropout", $"probability {probability}", "0 to 1",
            "give the share of elements to drop");
        Throw.Unless(
            x.Length == y.Length && x.DType == y.DType && x.DType.IsReal() && x.Device == y.Device, "dropout",
            $"{x.Length} {x.DType} into {y.Length} {y.DType}", "equal lengths and one real type",
            "allocate the result like the argument");
        var threshold = (ulong)Math.Round(probability * Words);
        var scale = probability == 1 ? 0 : 1 / (1 - probability);
        if (x.DType == DType.Float32)
            Apply(x, y, first, threshold, (float)scale);
        else
            Apply<double>(x, y, first, threshold, scale);
    }

    private static void Apply<T>(
        DeviceArray x, DeviceArray y, GeneratorState first, ulong threshold, T scale)
        where T : unmanaged, INumber<T>
    {
        Action<ArrayView<T>, ArrayView<T>, GeneratorState, ulong, T> kernel = DropoutKernels.Apply;
        x.Device.Launch(kernel, x.Device.Limits.Elements((long)BlocksOf(x.Length)),
            x.View<T>(), y.View<T>(), first, threshold, scale);
    }
}
